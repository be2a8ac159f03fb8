"""XML results: what may be signed, XAdES signatures, and time stamps on them."""
