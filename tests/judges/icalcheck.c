/* Reads iCalendar files with libical and prints what is wrong with each, one fault a line.
   Exit code: 0 all good, 1 faults, 2 a file that cannot be opened. */

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static int faults = 0;

static void walk(icalcomponent *component, const char *path)
{
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY);
    for (; property; property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
        if (icalproperty_isa(property) == ICAL_XLICERROR_PROPERTY) {
            const char *text = icalproperty_get_xlicerror(property);
            printf("%s: %s\n", path, text ? text : "error");
            faults++;
        }
    }
    icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; inner; inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        walk(inner, path);
}

static char *whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        exit(2);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    text[fread(text, 1, (size_t)size, file)] = '\0';
    fclose(file);
    return text;
}

int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) {
        char *text = whole(paths[i]);
        icalcomponent *calendar = icalparser_parse_string(text);
        if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
            printf("%s: no calendar\n", paths[i]);
            faults++;
        } else {
            icalrestriction_check(calendar); /* leaves its findings as properties */
            walk(calendar, paths[i]);
        }
        if (calendar)
            icalcomponent_free(calendar);
        free(text);
    }
    return faults ? 1 : 0;
}
