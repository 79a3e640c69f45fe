"""Word documents (.docx, .docm): a package of XML parts, read without the program that made it."""
