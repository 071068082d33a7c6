package dev.drover.reconcilers.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A sorted map that never changes: a change makes a new map that shares all but one path with the
/// old one. Iteration is in the order of the keys.
///
/// An AVL tree: 32 bytes an entry, and a million entries are 20 comparisons away.
public final class Sorted<K extends Comparable<? super K>, V> implements Iterable<V> {
    private record Node<K, V>(
            K key,
            V value,
            @Nullable Node<K, V> left,
            @Nullable Node<K, V> right,
            int height,
            int size) {}

    private final @Nullable Node<K, V> root;

    private Sorted(@Nullable Node<K, V> root) {
        this.root = root;
    }

    /// The map without entries.
    public static <K extends Comparable<? super K>, V> Sorted<K, V> empty() {
        return new Sorted<>(null);
    }

    /// How many entries there are.
    public int size() {
        return size(root);
    }

    /// Steps from the root to the deepest entry, for the test of its balance.
    int height() {
        return height(root);
    }

    /// Whether there is no entry.
    public boolean isEmpty() {
        return root == null;
    }

    /// The value of the key.
    public Optional<V> get(K key) {
        Node<K, V> at = root;
        while (at != null) {
            int side = key.compareTo(at.key);
            if (side == 0) {
                return Optional.of(at.value);
            }
            at = side < 0 ? at.left : at.right;
        }
        return Optional.empty();
    }

    /// The map in which the key has this value.
    public Sorted<K, V> with(K key, V value) {
        return new Sorted<>(put(root, key, value));
    }

    /// The map in which the key has no value.
    public Sorted<K, V> without(K key) {
        return get(key).isEmpty() ? this : new Sorted<>(remove(root, key));
    }

    /// The values in the order of their keys.
    @Override
    public Iterator<V> iterator() {
        return new Walk<>(root);
    }

    /// The values in the order of their keys.
    public Stream<V> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /// The values of a key and of those after it, in their order.
    public Stream<V> from(K key) {
        Walk<K, V> walk = new Walk<>(null);
        Node<K, V> at = root;
        while (at != null) {
            boolean within = key.compareTo(at.key) <= 0;
            if (within) {
                walk.path.push(at);
            }
            at = within ? at.left : at.right;
        }
        Iterable<V> rest = () -> walk;
        return StreamSupport.stream(rest.spliterator(), false);
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> put(
            @Nullable Node<K, V> at, K key, V value) {
        if (at == null) {
            return new Node<>(key, value, null, null, 1, 1);
        }
        int side = key.compareTo(at.key);
        if (side == 0) {
            return new Node<>(at.key, value, at.left, at.right, at.height, at.size);
        }
        return side < 0
                ? balanced(at.key, at.value, put(at.left, key, value), at.right)
                : balanced(at.key, at.value, at.left, put(at.right, key, value));
    }

    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> remove(
            @Nullable Node<K, V> at, K key) {
        if (at == null) {
            return null;
        }
        int side = key.compareTo(at.key);
        if (side < 0) {
            return balanced(at.key, at.value, remove(at.left, key), at.right);
        }
        if (side > 0) {
            return balanced(at.key, at.value, at.left, remove(at.right, key));
        }
        if (at.left == null || at.right == null) {
            return at.left == null ? at.right : at.left;
        }
        Node<K, V> next = first(at.right);
        return balanced(next.key, next.value, at.left, remove(at.right, next.key));
    }

    private static <K, V> Node<K, V> first(Node<K, V> at) {
        Node<K, V> first = at;
        while (first.left != null) {
            first = first.left;
        }
        return first;
    }

    /// A node over two balanced trees whose heights differ by two at most.
    private static <K, V> Node<K, V> balanced(
            K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && height(left) > height(right) + 1) {
            Node<K, V> inner = left.right;
            if (inner == null || height(left.left) >= height(inner)) {
                return node(left.key, left.value, left.left, node(key, value, left.right, right));
            }
            return node(
                    inner.key,
                    inner.value,
                    node(left.key, left.value, left.left, inner.left),
                    node(key, value, inner.right, right));
        }
        if (right != null && height(right) > height(left) + 1) {
            Node<K, V> inner = right.left;
            if (inner == null || height(right.right) >= height(inner)) {
                return node(
                        right.key, right.value, node(key, value, left, right.left), right.right);
            }
            return node(
                    inner.key,
                    inner.value,
                    node(key, value, left, inner.left),
                    node(right.key, right.value, inner.right, right.right));
        }
        return node(key, value, left, right);
    }

    private static <K, V> Node<K, V> node(
            K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        int height = 1 + Math.max(height(left), height(right));
        return new Node<>(key, value, left, right, height, 1 + size(left) + size(right));
    }

    private static int height(@Nullable Node<?, ?> at) {
        return at == null ? 0 : at.height;
    }

    private static int size(@Nullable Node<?, ?> at) {
        return at == null ? 0 : at.size;
    }

    private static final class Walk<K, V> implements Iterator<V> {
        private final Deque<Node<K, V>> path = new ArrayDeque<>();

        Walk(@Nullable Node<K, V> root) {
            descend(root);
        }

        private void descend(@Nullable Node<K, V> from) {
            for (Node<K, V> at = from; at != null; at = at.left) {
                path.push(at);
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public V next() {
            if (path.isEmpty()) {
                throw new NoSuchElementException();
            }
            Node<K, V> at = path.pop();
            descend(at.right);
            return at.value;
        }
    }
}
