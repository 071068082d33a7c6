package dev.drover.store.watch;

import dev.drover.store.Change;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Brings changes to watches.
///
/// Every watched prefix has a [Channel]; a change is put into the few channels its key belongs to
/// (everything, its type, its namespace, itself), so ten thousand watches on their own keys cost
/// nothing to each other's changes. A watch is no more than a revision: it takes what follows it
/// from its channel, and from disk when it has fallen behind what the channel keeps. So nobody has
/// to be dropped for being slow.
public final class Hub {
    private static final List<String> ALWAYS = List.of(Prefix.EVERYTHING.text());

    private final Map<String, Joined> channels = new HashMap<>();
    private final Set<HubWatch> open = ConcurrentHashMap.newKeySet();
    private final Set<Channel> touched = new HashSet<>();
    private final Window window;
    private final InstantSource clock;
    private final Channel everything;
    private Revision appended;
    private long bytes;

    /// What was looked for last in the window: who watches the same begins at the same place.
    private volatile Found found = Found.NOTHING;

    private volatile boolean closed;

    /// How much is kept in memory for all watches together.
    ///
    /// @param changes at most so many
    /// @param bytes at most so many in values, but always the newest change
    public record Window(int changes, long bytes) {
        /// Thirteen seconds of 5,000 changes, of which a watch normally is milliseconds behind.
        public static final Window STANDARD = new Window(65_536, 64L << 20);
    }

    /// What a part of the window has for a prefix.
    private record Found(Slice part, Prefix prefix, Slice changes) {
        static final Found NOTHING = nothing(new Slice(List.of(), Revision.NONE));

        /// Of a part that the window never gives to anybody.
        private static Found nothing(Slice part) {
            return new Found(part, Prefix.EVERYTHING, part);
        }
    }

    private static final class Joined {
        private final Channel channel;
        private int watches;

        private Joined(Channel channel) {
            this.channel = channel;
        }
    }

    /// @param newest changes up to here are on disk only
    public Hub(Revision newest, Window window, InstantSource clock) {
        this.appended = newest;
        this.window = window;
        this.clock = clock;
        this.everything = new Channel(newest);
        Joined always = new Joined(everything);
        always.watches = 1; // it is also the window itself, and stays
        channels.put(Prefix.EVERYTHING.text(), always);
    }

    /// Takes changes of whole revisions, before they become visible. One thread calls this and
    /// [#wake()].
    public synchronized void append(List<Change> changes) {
        boolean alone = channels.size() == 1; // nobody watches anything but everything
        if (alone && !changes.isEmpty()) {
            touched.add(everything);
        }
        for (Change change : changes) {
            if (alone) {
                everything.append(change);
            } else {
                appendToAll(change);
            }
            bytes += size(change);
            appended = change.revision();
        }
        while (everything.size() > window.changes()
                || (bytes > window.bytes() && everything.size() > 1)) {
            evict(everything.oldest().orElseThrow());
        }
    }

    private void appendToAll(Change change) {
        for (String prefix : prefixes(change.key())) {
            Joined joined = channels.get(prefix);
            if (joined != null) {
                joined.channel.append(change);
                touched.add(joined.channel);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very same change, which is in several channels
    private void evict(Change oldest) {
        for (String prefix : prefixes(oldest.key())) {
            Joined joined = channels.get(prefix);
            if (joined != null && joined.channel.oldest().filter(c -> c == oldest).isPresent()) {
                joined.channel.evictOldest(oldest.revision());
            }
        }
        found = Found.NOTHING; // it may hold what is to be given up
        bytes -= size(oldest);
    }

    private static int size(Change change) {
        int now = change.entry().value().size();
        Optional<Entry> before = change.previous();
        return before.isPresent() ? now + before.get().value().size() : now;
    }

    private List<String> prefixes(Key key) {
        if (channels.size() == 1) {
            return ALWAYS; // nobody watches anything else
        }
        String text = key.text();
        return List.of(
                Prefix.EVERYTHING.text(),
                text.substring(0, text.indexOf('/', 1) + 1),
                text.substring(0, text.lastIndexOf('/') + 1),
                text);
    }

    /// Wakes who waits for what has become visible.
    public void wake() {
        List<Channel> awake;
        synchronized (this) {
            awake = new ArrayList<>(touched);
            touched.clear();
        }
        awake.forEach(Channel::wakeAll);
    }

    /// Begins a watch.
    public Watch watch(WatchRequest request, Past past) {
        Channel channel = join(request.prefix());
        HubWatch watch = new HubWatch(this, channel, request, past, clock);
        open.add(watch);
        return watch;
    }

    private synchronized Channel join(Prefix prefix) {
        Joined joined =
                channels.computeIfAbsent(prefix.text(), _ -> new Joined(new Channel(appended)));
        joined.watches++;
        return joined.channel;
    }

    synchronized void leave(HubWatch watch, Prefix prefix) {
        open.remove(watch);
        channels.computeIfPresent(
                prefix.text(), (_, joined) -> --joined.watches == 0 ? null : joined);
    }

    /// Changes after a revision from what is kept for all, for a watch that began in the past of
    /// its channel; empty when they are on disk only.
    Optional<Slice> recent(Prefix prefix, Revision seen, Revision upTo, int max) {
        return everything.after(seen, upTo, max).map(part -> within(part, prefix));
    }

    @SuppressWarnings("ReferenceEquality") // the very same part, which the window gives to all
    private Slice within(Slice part, Prefix prefix) {
        Found last = found;
        if (last.part != part || !last.prefix.equals(prefix)) {
            last = new Found(part, prefix, part.within(prefix));
            found = last;
        }
        return last.changes;
    }

    /// How many revisions the slowest watch has not been given.
    ///
    /// @param newest what is visible
    public long lag(Revision newest) {
        return open.stream()
                .filter(watch -> !watch.unhurried())
                .mapToLong(watch -> Math.max(0, newest.number() - watch.seen().number()))
                .max()
                .orElse(0);
    }

    /// How many watches are open.
    public synchronized int watches() {
        return channels.values().stream().mapToInt(joined -> joined.watches).sum() - 1;
    }

    boolean closed() {
        return closed;
    }

    /// Ends all watches.
    public void close() {
        closed = true;
        List<Channel> all;
        synchronized (this) {
            all = channels.values().stream().map(joined -> joined.channel).toList();
        }
        all.forEach(Channel::wakeAll);
    }
}
