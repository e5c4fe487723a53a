"""Which files are read as ledgers, which as reports, and what the others are to be saved as."""

READ = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv")
REPORTS = (".txt", ".md", ".docx", ".pdf")
"""Read as reports, and refused as ledgers."""
REFUSED = {
    ".et": "在 WPS 表格中另存为 .xlsx",
    ".ett": "在 WPS 表格中另存为 .xlsx",
    ".wps": "这是 WPS 文字文档：表格复制到 .xlsx；正文另存为 .docx，作为报告导入",
    ".ofd": "这是版式文件：向报送单位索取 .xlsx 原表；正文导出为 PDF，作为报告导入",
    ".doc": "这是 Word 文档：表格复制到 .xlsx；正文另存为 .docx，作为报告导入",
    ".docx": "这是 Word 文档：表格复制到 .xlsx；正文作为报告导入",
    ".pdf": "这是 PDF：向报送单位索取 .xlsx 原表；正文作为报告导入",
    ".xlsb": "在 Excel 中另存为 .xlsx",
    ".ods": "在 Excel、WPS 或 LibreOffice 中另存为 .xlsx",
    ".numbers": "在 Numbers 中导出为 .xlsx",
    ".dbf": "在 Excel 或 WPS 中打开后另存为 .xlsx",
    ".mdb": "从 Access 中导出为 .xlsx",
    ".html": "在 Excel 中打开后另存为 .xlsx",
    ".htm": "在 Excel 中打开后另存为 .xlsx",
    ".mht": "在 Excel 中打开后另存为 .xlsx",
    ".zip": "解压后逐个导入",
    ".rar": "解压后逐个导入",
    ".7z": "解压后逐个导入",
    ".jpg": "图片不能读取：向报送单位索取 .xlsx 原表",
    ".png": "图片不能读取：向报送单位索取 .xlsx 原表",
}
"""With the remedy that is told."""
