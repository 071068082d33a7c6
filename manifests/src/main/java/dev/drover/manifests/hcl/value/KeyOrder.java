package dev.drover.manifests.hcl.value;

import java.util.Comparator;

/// The order of keys and of strings in sets: by code point, which is the order of their UTF-8
/// bytes. `String.compareTo` differs where a character outside of the basic plane meets one at its
/// end.
enum KeyOrder implements Comparator<String> {
    BY_CODE_POINT;

    @Override
    public int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
