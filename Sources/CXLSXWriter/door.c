#include "CXLSXWriter.h"

#include <Doors.h>
#include <pthread.h>

/* Every function of libxlsxwriter that Louyu calls stands here under its own
 * name and type, which the compiler compares with its headers, and hands on
 * what it is given. */
#define SHEET lxw_worksheet *sheet
#define FORMAT lxw_format *format
#define PLACE SHEET, lxw_row_t row, lxw_col_t column

#define XLSXWRITER_FUNCTIONS(each) \
    each(lxw_workbook *, workbook_new_opt, (const char *path, lxw_workbook_options *options), (path, options)) \
    each(lxw_worksheet *, workbook_add_worksheet, (lxw_workbook *workbook, const char *name), (workbook, name)) \
    each(lxw_format *, workbook_add_format, (lxw_workbook *workbook), (workbook)) \
    each(lxw_error, workbook_set_properties, (lxw_workbook *workbook, lxw_doc_properties *properties), \
        (workbook, properties)) \
    each(lxw_error, workbook_close, (lxw_workbook *workbook), (workbook)) \
    each(void, lxw_workbook_free, (lxw_workbook *workbook), (workbook)) \
    each(char *, lxw_strerror, (lxw_error error), (error)) \
    each(void, format_set_bold, (FORMAT), (format)) \
    each(void, format_set_font_size, (FORMAT, double size), (format, size)) \
    each(void, format_set_num_format, (FORMAT, const char *number_format), (format, number_format)) \
    each(void, format_set_align, (FORMAT, uint8_t alignment), (format, alignment)) \
    each(void, format_set_text_wrap, (FORMAT), (format)) \
    each(void, format_set_border, (FORMAT, uint8_t style), (format, style)) \
    each(void, format_set_bg_color, (FORMAT, lxw_color_t color), (format, color)) \
    each(lxw_error, worksheet_write_string, (PLACE, const char *text, FORMAT), (sheet, row, column, text, format)) \
    each(lxw_error, worksheet_write_number, (PLACE, double number, FORMAT), (sheet, row, column, number, format)) \
    each(lxw_error, worksheet_write_boolean, (PLACE, int truth, FORMAT), (sheet, row, column, truth, format)) \
    each(lxw_error, worksheet_write_blank, (PLACE, FORMAT), (sheet, row, column, format)) \
    each(lxw_error, worksheet_set_column, \
         (SHEET, lxw_col_t first, lxw_col_t last, double width, FORMAT), (sheet, first, last, width, format)) \
    each(lxw_error, worksheet_merge_range, \
         (SHEET, lxw_row_t first_row, lxw_col_t first, lxw_row_t last_row, lxw_col_t last, const char *text, FORMAT), \
         (sheet, first_row, first, last_row, last, text, format)) \
    each(void, worksheet_freeze_panes, (PLACE), (sheet, row, column)) \
    each(lxw_error, worksheet_repeat_rows, (SHEET, lxw_row_t first, lxw_row_t last), (sheet, first, last)) \
    each(void, worksheet_set_landscape, (SHEET), (sheet)) \
    each(void, worksheet_set_paper, (SHEET, uint8_t paper), (sheet, paper)) \
    each(void, worksheet_fit_to_pages, (SHEET, uint16_t width, uint16_t height), (sheet, width, height))

static struct {
    XLSXWRITER_FUNCTIONS(DOOR_MEMBER)
} door;

XLSXWRITER_FUNCTIONS(DOOR_FORWARD)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static door_reason reason;

static void open_door(void) {
    static const char *const names[] = {
#ifdef __APPLE__
        "libxlsxwriter.dylib", "/opt/homebrew/lib/libxlsxwriter.dylib", "/usr/local/lib/libxlsxwriter.dylib",
#else
        "libxlsxwriter.so", "libxlsxwriter.so.10", "libxlsxwriter.so.9", "libxlsxwriter.so.8", "libxlsxwriter.so.7",
        "libxlsxwriter.so.6", "libxlsxwriter.so.5", "libxlsxwriter.so.4",
        "/home/linuxbrew/.linuxbrew/lib/libxlsxwriter.so",
#endif
        NULL,
    };
    void *library = door_library(names, &reason);
    if (!library) return;
#define LOOK_UP(result, name, parameters, arguments) DOOR_LOOK_UP(library, "libxlsxwriter", name, &reason)
    XLSXWRITER_FUNCTIONS(LOOK_UP)
}

const char *louyu_xlsxwriter_open(void) {
    pthread_once(&once, open_door);
    return reason.text[0] ? reason.text : NULL;
}

lxw_workbook *louyu_xlsxwriter_new(const char *path, const char *temporary_folder) {
    // Later versions of the library know options behind those of its header here.
    union {
        lxw_workbook_options options;
        char room[256];
    } wish = {.room = {0}};
    wish.options.constant_memory = 1;
    wish.options.tmpdir = (char *)temporary_folder;
    return door.workbook_new_opt(path, &wish.options);
}
