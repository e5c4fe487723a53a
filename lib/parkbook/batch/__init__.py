"""Running notebooks over parks: what to run, the kernels, the run folder, and the check of everything under data/."""
