"""Any other file: CAdES signatures around it (.p7m) or beside it (.p7s), and their stamps."""
