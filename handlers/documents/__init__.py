"""Writers of Word, Excel, CSV and pictures: pure functions, data in and bytes out."""
