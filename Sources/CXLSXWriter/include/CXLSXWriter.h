/*
 * A door to libxlsxwriter that opens on first use: louyu_xlsxwriter_open()
 * looks its functions up, so that no question but that of a workbook loads it.
 *
 * Threads: louyu_xlsxwriter_open() may be called by any thread at any time. A
 * workbook and what belongs to it are used by one thread at a time.
 */
#ifndef LOUYU_CXLSXWRITER_H
#define LOUYU_CXLSXWRITER_H

#include <xlsxwriter.h>

/*
 * Opens the library, once a process. NULL, or why it cannot be used, which
 * stays valid; every other function here may be called after NULL only.
 */
const char *louyu_xlsxwriter_open(void);

/*
 * Begins a workbook that keeps one row of each sheet in memory, the rest in
 * temporary files of a folder; NULL where memory is short.
 */
lxw_workbook *louyu_xlsxwriter_new(const char *path, const char *temporary_folder);

#endif
