"""Parts of a Word document: its package and styles, its page, its words, tables, pictures and notes."""
