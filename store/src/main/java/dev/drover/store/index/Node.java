package dev.drover.store.index;

import dev.drover.store.Key;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A node of a [Tree]: its keys in order, and a value or a child beside each.
///
/// An editor may change a node that it made itself; any other it copies first.
///
/// Keys of neighbours differ late. So a node knows how much its keys have in common, and of each
/// the eight characters behind that: a search mostly compares numbers that lie side by side, and
/// looks at one key in the end.
///
/// ```text
/// common   17 of  /allocations/web/4f1c03aa…     heads[0] = "4f1c03aa"
///                 /allocations/web/4f1d9b07…     heads[1] = "4f1d9b07"
/// ```
final class Node {
    /// Of 16, 32, 64 and 128 the fastest to commit to; a copied node is 1,100 bytes.
    static final int FANOUT = 64;

    /// A full node that grows at its end gives away only this many: keys often come in ascending
    /// order.
    private static final int GIVEN_AT_END = 8;

    final boolean leaf;
    private final @Nullable Object owner;
    private final @Nullable Key[] keys = new Key[FANOUT];
    private final long[] heads = new long[FANOUT];
    private final @Nullable Object[] things = new Object[FANOUT];
    private int size;

    /// All keys begin with so many characters of the first one.
    private int common;

    private Node(boolean leaf, @Nullable Object owner) {
        this.leaf = leaf;
        this.owner = owner;
    }

    static Node leaf() {
        return new Node(true, null);
    }

    static Node inner(Object owner) {
        return new Node(false, owner);
    }

    @SuppressWarnings("ReferenceEquality") // an editor is a who, not a what
    Node editable(Object editor) {
        if (owner == editor) {
            return this;
        }
        Node copy = new Node(leaf, editor);
        System.arraycopy(keys, 0, copy.keys, 0, size);
        System.arraycopy(things, 0, copy.things, 0, size);
        System.arraycopy(heads, 0, copy.heads, 0, size);
        copy.size = size;
        copy.common = common;
        return copy;
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == FANOUT;
    }

    Key key(int at) {
        return Objects.requireNonNull(keys[at]);
    }

    Object thing(int at) {
        return Objects.requireNonNull(things[at]);
    }

    Node child(int at) {
        return (Node) thing(at);
    }

    /// Where the key is, or minus one minus the place where it would be.
    int find(String key) {
        if (size == 0) {
            return -1;
        }
        String first = key(0).text();
        if (!key.regionMatches(0, first, 0, common)) {
            return key.compareTo(first) < 0 ? -1 : -size - 1;
        }
        long head = head(key, common);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(heads[middle], head);
            if (order == 0) {
                order = key(middle).text().compareTo(key);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /// Eight characters as a number that compares as they do, 0 where there are no more. They are
    /// ASCII, so it is never negative.
    private static long head(String key, int from) {
        long head = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            head = head << Byte.SIZE | (i < key.length() ? key.charAt(i) : 0);
        }
        return head;
    }

    /// The child that would hold the key; -1 when it is before all of them.
    int childFor(String key) {
        int at = find(key);
        return at >= 0 ? at : -at - 2;
    }

    @SuppressWarnings("ReferenceEquality") // a key that is there mostly stays the same object
    void set(int at, Key key, Object thing) {
        if (keys[at] != key) {
            keys[at] = key;
            know(at);
        }
        things[at] = thing;
    }

    void insert(int at, Key key, Object thing) {
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(heads, at, heads, at + 1, size - at);
        System.arraycopy(things, at, things, at + 1, size - at);
        size++;
        keys[at] = key;
        things[at] = thing;
        know(at);
    }

    /// Sees to the head of a new key. In between, it has in common what the first and the last one
    /// have.
    private void know(int at) {
        if (at == 0 || at == size - 1) {
            lookAtEnds();
        }
        heads[at] = head(key(at).text(), common);
    }

    private void lookAtEnds() {
        String first = key(0).text();
        String last = key(size - 1).text();
        int most = Math.min(first.length(), last.length());
        int same = 0;
        while (same < most && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        if (same != common) {
            common = same;
            for (int i = 0; i < size; i++) {
                heads[i] = head(key(i).text(), common);
            }
        }
    }

    void remove(int at) {
        size--;
        System.arraycopy(keys, at + 1, keys, at, size - at);
        System.arraycopy(heads, at + 1, heads, at, size - at);
        System.arraycopy(things, at + 1, things, at, size - at);
        keys[size] = null;
        things[size] = null;
    }

    /// Gives the upper part to a new right neighbour, so that there is room to insert at `at`.
    Node split(int at, Object editor) {
        int kept = at == FANOUT ? FANOUT - GIVEN_AT_END : FANOUT / 2;
        Node right = new Node(leaf, editor);
        System.arraycopy(keys, kept, right.keys, 0, FANOUT - kept);
        System.arraycopy(heads, kept, right.heads, 0, FANOUT - kept);
        System.arraycopy(things, kept, right.things, 0, FANOUT - kept);
        right.size = FANOUT - kept;
        right.common = common;
        Arrays.fill(keys, kept, FANOUT, null);
        Arrays.fill(things, kept, FANOUT, null);
        size = kept;
        lookAtEnds(); // halves have more in common than the whole
        right.lookAtEnds();
        return right;
    }
}
