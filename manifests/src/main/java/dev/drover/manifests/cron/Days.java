package dev.drover.manifests.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/// The days that the two day fields mean: every day when neither says anything, else those that
/// either of them names.
final class Days {
    private static final NumberField OF_MONTH = NumberField.of("day of the month", 1, 31);

    /// Sunday is 0 and 7.
    private static final NumberField OF_WEEK =
            NumberField.named("day of the week", 0, "sun mon tue wed thu fri sat").upTo(7);

    private final List<Predicate<LocalDate>> named;

    private Days(List<Predicate<LocalDate>> named) {
        this.named = List.copyOf(named);
    }

    static Days read(String ofMonth, String ofWeek) throws WrongField {
        List<Predicate<LocalDate>> named = new ArrayList<>();
        if (!every(ofMonth)) {
            for (String term : ofMonth.split(",", -1)) {
                named.add(ofMonth(term));
            }
        }
        if (!every(ofWeek)) {
            for (String term : ofWeek.split(",", -1)) {
                named.add(ofWeek(term));
            }
        }
        return new Days(named);
    }

    private static boolean every(String field) {
        return field.equals("*") || field.equals("?");
    }

    boolean contain(LocalDate day) {
        return named.isEmpty() || named.stream().anyMatch(days -> days.test(day));
    }

    private static Predicate<LocalDate> ofMonth(String term) throws WrongField {
        if (term.equals("l")) {
            return day -> day.getDayOfMonth() == day.lengthOfMonth();
        }
        if (term.equals("lw")) {
            return day -> day.equals(workday(day, day.lengthOfMonth()));
        }
        if (term.endsWith("w")) {
            int wanted = OF_MONTH.number(term.substring(0, term.length() - 1));
            return day -> wanted <= day.lengthOfMonth() && day.equals(workday(day, wanted));
        }
        BitSet numbers = OF_MONTH.term(term);
        return day -> numbers.get(day.getDayOfMonth());
    }

    /// The day from Monday to Friday that is nearest to a day of the month, and in the same month.
    private static LocalDate workday(LocalDate month, int wanted) {
        LocalDate day = month.withDayOfMonth(wanted);
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> wanted == 1 ? day.plusDays(2) : day.minusDays(1);
            case SUNDAY -> wanted == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
        };
    }

    private static Predicate<LocalDate> ofWeek(String term) throws WrongField {
        int hash = term.indexOf('#');
        if (hash >= 0) {
            DayOfWeek day = day(term.substring(0, hash));
            int which = NumberField.of("number after #", 1, 5).number(term.substring(hash + 1));
            return date ->
                    date.getDayOfWeek() == day && (date.getDayOfMonth() - 1) / 7 + 1 == which;
        }
        if (term.equals("l")) {
            return date -> date.getDayOfWeek() == DayOfWeek.SATURDAY;
        }
        if (term.endsWith("l")) {
            DayOfWeek day = day(term.substring(0, term.length() - 1));
            return date -> date.equals(date.with(TemporalAdjusters.lastInMonth(day)));
        }
        BitSet numbers = OF_WEEK.term(term);
        return date ->
                numbers.get(date.getDayOfWeek().getValue())
                        || (date.getDayOfWeek() == DayOfWeek.SUNDAY && numbers.get(0));
    }

    private static DayOfWeek day(String text) throws WrongField {
        int number = OF_WEEK.number(text);
        return DayOfWeek.of(number == 0 ? 7 : number);
    }
}
