"""The synthetic park: what its offices would keep, made from a seed. See build/make_demo.py."""
