package dev.drover.store.index;

import dev.drover.store.Key;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A node of a [Tree]: its keys in order, and a value or a child beside each.
///
/// An editor may change a node that it made itself; any other it copies first.
final class Node {
    /// Of 16, 32, 64 and 128 the fastest to commit to; a copied node is 600 bytes.
    static final int FANOUT = 64;

    /// A full node that grows at its end gives away only this many: keys often come in ascending
    /// order.
    private static final int GIVEN_AT_END = 8;

    final boolean leaf;
    private final @Nullable Object owner;
    private final @Nullable Key[] keys = new Key[FANOUT];
    private final @Nullable Object[] things = new Object[FANOUT];
    private int size;

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
        copy.size = size;
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
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key(middle).text().compareTo(key);
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

    /// The child that would hold the key; -1 when it is before all of them.
    int childFor(String key) {
        int at = find(key);
        return at >= 0 ? at : -at - 2;
    }

    void set(int at, Key key, Object thing) {
        keys[at] = key;
        things[at] = thing;
    }

    void insert(int at, Key key, Object thing) {
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(things, at, things, at + 1, size - at);
        size++;
        set(at, key, thing);
    }

    void remove(int at) {
        size--;
        System.arraycopy(keys, at + 1, keys, at, size - at);
        System.arraycopy(things, at + 1, things, at, size - at);
        keys[size] = null;
        things[size] = null;
    }

    /// Gives the upper part to a new right neighbour, so that there is room to insert at `at`.
    Node split(int at, Object editor) {
        int kept = at == FANOUT ? FANOUT - GIVEN_AT_END : FANOUT / 2;
        Node right = new Node(leaf, editor);
        System.arraycopy(keys, kept, right.keys, 0, FANOUT - kept);
        System.arraycopy(things, kept, right.things, 0, FANOUT - kept);
        right.size = FANOUT - kept;
        Arrays.fill(keys, kept, FANOUT, null);
        Arrays.fill(things, kept, FANOUT, null);
        size = kept;
        return right;
    }
}
