"""The bitext as researchers and translation tools read it: TMX 1.4b, XLIFF 2.1 and JSONL, made from the pages."""
