"""What the chapters say: one module a chapter, one function a paragraph."""
