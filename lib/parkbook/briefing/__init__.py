"""What a page says: claims, tables, charts and the order they stand in; rendered by `parkbook.export`."""
