package io.github.graceful4j.internal.stop;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which name was meant by one that does not exist. */
final class ClosestName {

    /** Of so many characters one may be wrong. */
    private static final int LENGTH_PER_MISTAKE = 3;

    private ClosestName() {}

    /**
     * Returns the name that was probably meant: the one that ends in the given one, such as {@code orders.flush} for
     * {@code flush}, or else the one with the fewest characters to change, upper and lower case being the same.
     *
     * @return the name, or {@code null} if none is close
     */
    static @Nullable String to(String wrong, Collection<String> names) {
        String meant = wrong.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> distance(meant, name) <= meant.length() / LENGTH_PER_MISTAKE)
                .min(Comparator.comparingInt(name -> distance(meant, name)))
                .orElse(null);
    }

    private static int distance(String meant, String name) {
        String known = name.toLowerCase(Locale.ROOT);
        return known.endsWith("." + meant) ? 0 : changes(meant, known);
    }

    /** The distance of Levenshtein, row by row. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
