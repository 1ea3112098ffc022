"""One module a page: what was asked, the audit entry, the template."""
