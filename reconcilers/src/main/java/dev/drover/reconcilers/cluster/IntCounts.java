package dev.drover.reconcilers.cluster;

import java.util.Arrays;

/// How often each number was counted: asked for every candidate of every copy, so without boxes.
/// Open addressing over a table of twice as many places as numbers, at least.
public final class IntCounts {
    private static final int FREE = -1;
    private static final int FIRST_PLACES = 8;

    private int[] numbers = new int[FIRST_PLACES];
    private int[] counts = new int[FIRST_PLACES];
    private int size;

    /// Nothing was counted yet.
    public IntCounts() {
        Arrays.fill(numbers, FREE);
    }

    /// How often the number, which is not negative, was counted.
    public int of(int number) {
        return counts[place(numbers, number)];
    }

    /// Counts the number once more.
    public void add(int number) {
        int place = place(numbers, number);
        if (numbers[place] == FREE) {
            numbers[place] = number;
            size++;
        }
        counts[place]++;
        if (2 * size > numbers.length) {
            grow();
        }
    }

    private void grow() {
        int[] old = numbers;
        int[] oldCounts = counts;
        numbers = new int[2 * old.length];
        counts = new int[numbers.length];
        Arrays.fill(numbers, FREE);
        for (int i = 0; i < old.length; i++) {
            if (old[i] != FREE) {
                int place = place(numbers, old[i]);
                numbers[place] = old[i];
                counts[place] = oldCounts[i];
            }
        }
    }

    private static int place(int[] table, int number) {
        int mask = table.length - 1;
        int place = ((number * 0x9E3779B9) >>> 8) & mask;
        while (table[place] != FREE && table[place] != number) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
