package dev.drover.store.index;

import dev.drover.store.Key;
import java.util.Optional;
import java.util.function.BiPredicate;

/// An immutable sorted map from keys to values, changed by making another one.
///
/// A B-tree whose nodes are copied on the way from the root to a change. Whoever holds a tree holds
/// that state for ever, at no cost and without a lock; a commit of many changes copies each node at
/// most once.
///
/// ```text
/// node    keys[0..n)   leaf: keys[i] → things[i] is a value
///                      else: keys[i] is the smallest key below the child things[i]
/// ```
public final class Tree<V> {
    private final Node root;
    private final int size;

    private Tree(Node root, int size) {
        this.root = root;
        this.size = size;
    }

    /// Nothing in it.
    public static <V> Tree<V> empty() {
        return new Tree<>(Node.leaf(), 0);
    }

    /// How many keys.
    public int size() {
        return size;
    }

    /// The value of a key.
    public Optional<V> get(Key key) {
        return get(root, key.text());
    }

    /// Visits keys that are not before `from` in their order, until the visitor says no.
    public void from(String from, BiPredicate<Key, V> visitor) {
        walk(root, from, visitor);
    }

    /// A copy to change.
    public Editor<V> edit() {
        return new Editor<>(root, size);
    }

    @SuppressWarnings("unchecked") // leaves hold what an editor of this type put there
    private static <V> Optional<V> get(Node from, String key) {
        Node node = from;
        while (!node.leaf) {
            int child = node.childFor(key);
            if (child < 0) {
                return Optional.empty();
            }
            node = node.child(child);
        }
        int at = node.find(key);
        return at < 0 ? Optional.empty() : Optional.of((V) node.thing(at));
    }

    @SuppressWarnings("unchecked") // as above
    private static <V> boolean walk(Node node, String from, BiPredicate<Key, V> visitor) {
        int at = node.leaf ? node.find(from) : Math.max(0, node.childFor(from));
        for (int i = at < 0 ? -at - 1 : at; i < node.size(); i++) {
            boolean more =
                    node.leaf
                            ? visitor.test(node.key(i), (V) node.thing(i))
                            : walk(node.child(i), from, visitor);
            if (!more) {
                return false;
            }
        }
        return true;
    }

    /// A tree being changed by one thread. [#done()] makes it a tree again; go on with a new editor
    /// then.
    public static final class Editor<V> {
        /// What its nodes know it by. Not the editor itself: it has the root, and a node that is
        /// not edited again would keep the whole tree of its time.
        private final Object mark = new Object();

        private Node root;
        private int size;

        private Editor(Node root, int size) {
            this.root = root;
            this.size = size;
        }

        /// The value of a key, changes included.
        public Optional<V> get(Key key) {
            return Tree.get(root, key.text());
        }

        /// Visits keys that are not before `from`, changes included.
        public void from(String from, BiPredicate<Key, V> visitor) {
            walk(root, from, visitor);
        }

        /// Puts a value, over another one or anew.
        public void put(Key key, V value) {
            root = root.editable(mark);
            Optional<Node> right = put(root, key, value);
            if (right.isPresent()) {
                Node top = Node.inner(mark);
                top.insert(0, root.key(0), root);
                top.insert(1, right.get().key(0), right.get());
                root = top;
            }
        }

        /// Puts into a node that is ours; what it had to give away comes back as its right
        /// neighbour.
        private Optional<Node> put(Node node, Key key, Object value) {
            if (node.leaf) {
                int at = node.find(key.text());
                if (at >= 0) {
                    node.set(at, node.key(at), value);
                    return Optional.empty();
                }
                size++;
                return insert(node, -at - 1, key, value);
            }
            int at = Math.max(0, node.childFor(key.text()));
            Node child = node.child(at).editable(mark);
            Optional<Node> right = put(child, key, value);
            node.set(at, child.key(0), child);
            return right.flatMap(r -> insert(node, at + 1, r.key(0), r));
        }

        private Optional<Node> insert(Node node, int at, Key key, Object thing) {
            if (!node.full()) {
                node.insert(at, key, thing);
                return Optional.empty();
            }
            Node right = node.split(at, mark);
            if (at <= node.size() && at < Node.FANOUT) {
                node.insert(at, key, thing);
            } else {
                right.insert(at - node.size(), key, thing);
            }
            return Optional.of(right);
        }

        /// Removes a key; nothing happens when it is not there.
        public void remove(Key key) {
            if (get(key).isPresent()) {
                root = root.editable(mark);
                remove(root, key.text());
                size--;
                while (!root.leaf && root.size() == 1) {
                    root = root.child(0);
                }
                if (root.size() == 0) {
                    root = Node.leaf();
                }
            }
        }

        /// Empty nodes go, half-empty ones stay: names come back, and a scan over them costs
        /// little.
        private void remove(Node node, String key) {
            if (node.leaf) {
                node.remove(node.find(key));
                return;
            }
            int at = node.childFor(key);
            Node child = node.child(at).editable(mark);
            remove(child, key);
            if (child.size() > 0) {
                node.set(at, child.key(0), child);
            } else {
                node.remove(at);
            }
        }

        /// The changed tree. This editor must not change anything afterwards.
        public Tree<V> done() {
            return new Tree<>(root, size);
        }
    }
}
