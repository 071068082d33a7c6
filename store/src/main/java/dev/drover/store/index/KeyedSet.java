package dev.drover.store.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// An immutable sorted set of things that know their own key, changed by making another one that
/// shares almost everything with it.
///
/// A B-tree of arrays that are as long as what is in them: five bytes a thing, so that a million
/// things may stand in several sets.
///
/// ```text
/// node at height 0: things in the order of their keys      above: nodes, likewise; none is empty
/// ```
public final class KeyedSet<K extends Comparable<? super K>, T> implements Iterable<T> {
    /// A change copies a path of nodes: 256 bytes each.
    private static final int LONGEST = 64;

    private final Function<T, K> keyOf;
    private final Object[] root;
    private final int height;
    private final int size;

    private KeyedSet(Function<T, K> keyOf, Object[] root, int height, int size) {
        this.keyOf = keyOf;
        this.root = root;
        this.height = height;
        this.size = size;
    }

    /// Nothing in it.
    ///
    /// @param keyOf the same whenever it is asked
    public static <K extends Comparable<? super K>, T> KeyedSet<K, T> empty(Function<T, K> keyOf) {
        return new KeyedSet<>(keyOf, new Object[0], 0, 0);
    }

    /// How many things.
    public int size() {
        return size;
    }

    /// Whether there is nothing in it.
    public boolean isEmpty() {
        return size == 0;
    }

    /// What has the key.
    public Optional<T> get(K key) {
        Object[] node = root;
        for (int level = height; level > 0; level--) {
            node = (Object[]) node[childFor(node, level, key)];
        }
        int at = find(node, 0, key);
        return at < 0 ? Optional.empty() : Optional.of(thing(node[at]));
    }

    /// With a thing, in the place of what had its key.
    public KeyedSet<K, T> with(T thing) {
        return put(thing).set();
    }

    /// A set after something was put into it.
    ///
    /// @param replaced what had its key before
    public record After<K extends Comparable<? super K>, T>(
            KeyedSet<K, T> set, Optional<T> replaced) {}

    /// The same, for one who wants to know what it replaces: the way to it is the dear part.
    public After<K, T> put(T thing) {
        Put put = new Put(thing);
        Object[] nodes = put.into(root, height);
        int grown = put.replaced.isPresent() ? size : size + 1;
        KeyedSet<K, T> set =
                nodes.length == 1
                        ? new KeyedSet<>(keyOf, (Object[]) nodes[0], height, grown)
                        : new KeyedSet<>(keyOf, nodes, height + 1, grown);
        return new After<>(set, put.replaced);
    }

    /// Without what has the key.
    public KeyedSet<K, T> without(K key) {
        if (get(key).isEmpty()) {
            return this;
        }
        Object[] left = remove(root, height, key);
        int lower = height;
        while (lower > 0 && left.length <= 1) {
            left = left.length == 0 ? left : (Object[]) left[0];
            lower--;
        }
        return new KeyedSet<>(keyOf, left, lower, size - 1);
    }

    /// A thing on its way to its place.
    private final class Put {
        private final T thing;
        private final K key;
        private Optional<T> replaced = Optional.empty();

        Put(T thing) {
            this.thing = thing;
            this.key = keyOf.apply(thing);
        }

        /// The node with the thing in it, as one node or two.
        Object[] into(Object[] node, int level) {
            if (level == 0) {
                int at = find(node, 0, key);
                if (at < 0) {
                    return halves(spliced(node, -at - 1, 0, thing));
                }
                replaced = Optional.of(thing(node[at]));
                return new Object[] {spliced(node, at, 1, thing)};
            }
            int at = childFor(node, level, key);
            return halves(spliced(node, at, 1, into((Object[]) node[at], level - 1)));
        }
    }

    private Object[] remove(Object[] node, int level, K key) {
        if (level == 0) {
            return spliced(node, find(node, 0, key), 1);
        }
        int at = childFor(node, level, key);
        Object[] child = remove((Object[]) node[at], level - 1, key);
        return child.length == 0 ? spliced(node, at, 1) : spliced(node, at, 1, (Object) child);
    }

    /// A copy with some of its parts replaced by others.
    private static Object[] spliced(Object[] node, int at, int replaced, Object... others) {
        Object[] copy = new Object[node.length - replaced + others.length];
        System.arraycopy(node, 0, copy, 0, at);
        System.arraycopy(others, 0, copy, at, others.length);
        int rest = at + replaced;
        System.arraycopy(node, rest, copy, at + others.length, node.length - rest);
        return copy;
    }

    private static Object[] halves(Object[] node) {
        if (node.length <= LONGEST) {
            return new Object[] {node};
        }
        int half = node.length / 2;
        return new Object[] {
            Arrays.copyOf(node, half), Arrays.copyOfRange(node, half, node.length)
        };
    }

    /// Where the key is among a node's parts, or minus one minus the place where it would be.
    private int find(Object[] node, int level, K key) {
        int low = 0;
        int high = node.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = first(node[middle], level).compareTo(key);
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

    private int childFor(Object[] node, int level, K key) {
        int at = find(node, level, key);
        return at >= 0 ? at : Math.max(0, -at - 2);
    }

    private K first(Object part, int level) {
        Object first = part;
        for (int i = level; i > 0; i--) {
            first = ((Object[]) first)[0];
        }
        return keyOf.apply(thing(first));
    }

    @SuppressWarnings("unchecked") // only things were put at the bottom
    private T thing(Object part) {
        return (T) part;
    }

    /// Up to `max` of those that stand beside the place of a key.
    public List<T> near(K key, int max) {
        Object[] node = root;
        for (int level = height; level > 0; level--) {
            node = (Object[]) node[childFor(node, level, key)];
        }
        int at = find(node, 0, key);
        int place = at < 0 ? -at - 1 : at;
        int from = Math.max(0, Math.min(place - max / 2, node.length - max));
        List<T> near = new ArrayList<>(max);
        for (int i = from; i < Math.min(node.length, from + max); i++) {
            near.add(thing(node[i]));
        }
        return near;
    }

    /// In the order of their keys.
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /// In the order of their keys.
    @Override
    public Iterator<T> iterator() {
        return new Walk();
    }

    private final class Walk implements Iterator<T> {
        private final Deque<Iterator<Object>> path = new ArrayDeque<>();

        Walk() {
            path.push(Arrays.asList(root).iterator());
            settle();
        }

        /// Goes to the next thing, down or up.
        private void settle() {
            while (!path.isEmpty() && (!path.peek().hasNext() || path.size() <= height)) {
                if (path.peek().hasNext()) {
                    path.push(Arrays.asList((Object[]) path.peek().next()).iterator());
                } else {
                    path.pop();
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public T next() {
            if (path.isEmpty()) {
                throw new NoSuchElementException();
            }
            Iterator<Object> here = path.peek();
            T next = thing(here.next());
            if (!here.hasNext()) {
                settle();
            }
            return next;
        }
    }
}
