package dev.drover.store.rocks;

import dev.drover.store.Bytes;
import dev.drover.store.Revision;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/// The RocksDB in a folder: opened, written, synced and closed here; read by [History].
///
/// Three column families: `kv` holds every version of every key, `rev` which keys each revision
/// changed, and the default one a few named facts about the whole.
public final class Database implements AutoCloseable {
    private static final byte[] VERSIONS = "kv".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHANGES = "rev".getBytes(StandardCharsets.US_ASCII);

    /// What has to be read again when opening, at most.
    private static final long LOG_BYTES = 256L << 20;

    /// Versions in memory before they go into a file: the more there are, the longer a write looks
    /// for its place among them.
    private static final long VERSIONS_BUFFER = 32L << 20;

    /// A larger batch gives its memory back; a group of the log seldom is.
    private static final long SPARE_BYTES = 4L << 20;

    /// Whoever examines reads everything once.
    private static final long EXAMINING_CACHE = 8L << 20;

    /// What a spinning disk reads in the time that it needs to find another place.
    private static final long READ_AHEAD_BYTES = 2L << 20;

    private final List<AutoCloseable> options = new ArrayList<>();
    private final Path folder;
    private final RocksDB db;
    private final ColumnFamilyHandle meta;
    private final ColumnFamilyHandle versions;
    private final ColumnFamilyHandle changes;
    private final WriteOptions unsynced;
    private final ReadOptions scanning;

    /// One is written after the other: the memory of the last one is warm.
    private final BlockingQueue<Batch> spareBatch = new ArrayBlockingQueue<>(1);

    /// How RocksDB is to open the folder.
    private interface Opening {
        RocksDB open(
                DBOptions options,
                String folder,
                List<ColumnFamilyDescriptor> families,
                List<ColumnFamilyHandle> handles)
                throws RocksDBException;
    }

    private Database(Path folder, long cacheBytes, Opening opening) throws RocksDBException {
        this.folder = folder;
        Cache cache = owned(new LRUCache(cacheBytes));
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(owned(new BloomFilter(10, false)))
                        .setBlockSize(16 << 10)
                        .setFormatVersion(5)
                        .setCacheIndexAndFilterBlocks(true);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        this.db =
                opening.open(
                        databaseOptions(),
                        folder.toString(),
                        List.of(
                                new ColumnFamilyDescriptor(
                                        RocksDB.DEFAULT_COLUMN_FAMILY, family(table, 4 << 20)),
                                new ColumnFamilyDescriptor(
                                        VERSIONS, family(table, VERSIONS_BUFFER)),
                                new ColumnFamilyDescriptor(CHANGES, family(table, 16 << 20))),
                        handles);
        this.meta = handles.get(0);
        this.versions = handles.get(1);
        this.changes = handles.get(2);
        this.unsynced = owned(new WriteOptions().setMemtableInsertHintPerBatch(true));
        this.scanning =
                owned(new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES));
    }

    /// Opens the database in a folder, which is made when it is not there.
    ///
    /// @param cacheBytes for blocks read from disk, outside the heap
    /// @throws UncheckedIOException when it cannot be opened, is damaged, or another process has it
    ///   open
    public static Database open(Path folder, long cacheBytes) {
        return open(folder, cacheBytes, RocksDB::open);
    }

    /// The same for reading only: whatever is there is left as it is, also the end of a log that a
    /// crash has torn.
    public static Database examine(Path folder) {
        return open(folder, EXAMINING_CACHE, RocksDB::openReadOnly);
    }

    private static Database open(Path folder, long cacheBytes, Opening opening) {
        try {
            Files.createDirectories(folder);
            NativeLibrary.load(folder);
            return new Database(folder, cacheBytes, opening);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the data folder " + folder, e);
        } catch (RocksDBException e) {
            throw failed(
                    """
                    cannot open the store in %s
                      why: another process has it open, or its files are damaged (the reason follows)
                      fix: stop the other process; if they are damaged, `drover store check` names the files and
                           `drover store restore` makes a store of the newest backup
                    """
                            .formatted(folder),
                    e);
        }
    }

    private DBOptions databaseOptions() {
        return owned(
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setMaxBackgroundJobs(2)
                        .setMaxTotalWalSize(LOG_BYTES)
                        // A write fills a buffer only: the file takes it with the sync, and not
                        // while it is being synced, for which it would have to wait.
                        .setManualWalFlush(true)
                        // Only what a crash may leave is forgiven, a torn end. The mode that goes
                        // with
                        // recycled log files would silently end at any damage, acknowledged or not.
                        .setRecycleLogFileNum(0)
                        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                        .setAvoidFlushDuringShutdown(true) // the log has it all
                        .setBytesPerSync(1 << 20)
                        .setStatsDumpPeriodSec(0)
                        .setKeepLogFileNum(2)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL));
    }

    private ColumnFamilyOptions family(BlockBasedTableConfig table, long writeBuffer) {
        return owned(
                new ColumnFamilyOptions()
                        .setTableFormatConfig(table)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setWriteBufferSize(writeBuffer)
                        .setMaxWriteBufferNumber(3)
                        .setLevelCompactionDynamicLevelBytes(true));
    }

    private <T extends AutoCloseable> T owned(T option) {
        options.add(option);
        return option;
    }

    /// Something to fill and to [#write(Batch)].
    public Batch batch() {
        Batch spare = spareBatch.poll();
        return spare == null ? new Batch(this, meta, versions, changes) : spare;
    }

    void takeBack(Batch batch) {
        boolean kept = false;
        if (batch.bytes() <= SPARE_BYTES) {
            batch.clear();
            kept = spareBatch.offer(batch);
        }
        if (!kept) {
            batch.free();
        }
    }

    /// Writes a batch, all of it or nothing. It can be read at once, and survives the end of this
    /// process or of the machine only after [#sync()].
    ///
    /// @throws UncheckedIOException when it was not taken; nothing can be written any more
    public void write(Batch batch) {
        try {
            db.write(unsynced, batch.writes());
        } catch (RocksDBException e) {
            throw failed("cannot write to the log in " + folder, e);
        }
    }

    /// Returns when everything written before is on disk.
    ///
    /// @throws UncheckedIOException when the disk refuses; what it holds is then unknown
    public void sync() {
        try {
            db.flushWal(true);
        } catch (RocksDBException e) {
            throw failed("cannot sync the log in " + folder, e);
        }
    }

    /// A named fact.
    public Optional<Bytes> fact(String name) {
        try {
            byte[] value = db.get(meta, name.getBytes(StandardCharsets.US_ASCII));
            return value == null ? Optional.empty() : Optional.of(Bytes.copyOf(value));
        } catch (RocksDBException e) {
            throw failed("cannot read " + name + " in " + folder, e);
        }
    }

    /// The facts whose names begin with `prefix`, in the order of their names, without the prefix.
    public Map<String, Bytes> facts(String prefix) {
        Map<String, Bytes> facts = new TreeMap<>();
        try (Cursor at = new Cursor(this, db.newIterator(meta))) {
            for (at.seek(prefix.getBytes(StandardCharsets.US_ASCII)); at.valid(); at.next()) {
                String name = new String(at.key(), StandardCharsets.US_ASCII);
                if (!name.startsWith(prefix)) {
                    break;
                }
                facts.put(name.substring(prefix.length()), Bytes.copyOf(at.value()));
            }
        }
        return facts;
    }

    /// The newest revision that changed something and has not been compacted; none when there is
    /// none.
    public Revision newestChange() {
        try (Cursor at = new Cursor(this, db.newIterator(changes))) {
            at.seekToLast();
            return at.valid() ? KeyLayout.revisionOfChange(at.key()) : Revision.NONE;
        }
    }

    /// Makes a copy of everything, as of now, in a folder that must not exist; files are shared
    /// where the file system can.
    public void copyTo(Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw failed("cannot copy the store to " + target, e);
        }
    }

    /// Bytes of all files that hold data, without the log.
    public long fileBytes() {
        try {
            return db.getLongProperty(versions, "rocksdb.total-sst-files-size")
                    + db.getLongProperty(changes, "rocksdb.total-sst-files-size");
        } catch (RocksDBException e) {
            throw failed("cannot tell the size of " + folder, e);
        }
    }

    /// Bytes of the log that is read again when opening.
    public long logBytes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toFile)
                    .filter(file -> file.getName().endsWith(".log"))
                    .mapToLong(File::length) // 0 when it has just been removed
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the size of the log in " + folder, e);
        }
    }

    /// Bytes that its disk has left.
    public long freeBytes() {
        return folder.toFile().getUsableSpace();
    }

    /// Where it lives.
    public Path folder() {
        return folder;
    }

    /// The stored form of one version of a key.
    Optional<byte[]> version(byte[] key) {
        try {
            return Optional.ofNullable(db.get(versions, key));
        } catch (RocksDBException e) {
            throw failed("cannot read from " + folder, e);
        }
    }

    Cursor versions() {
        return new Cursor(this, db.newIterator(versions));
    }

    /// Like [#versions()] for who reads everything once: it reads far ahead, and the cache keeps
    /// what it has.
    Cursor scan() {
        return new Cursor(this, db.newIterator(versions, scanning));
    }

    /// All versions, in up to so many parts of whole keys, as large as each other as far as one can
    /// tell by where files begin.
    List<Part> parts(int most) {
        List<LiveFileMetaData> files =
                db.getLiveFilesMetaData().stream()
                        .filter(file -> Arrays.equals(file.columnFamilyName(), VERSIONS))
                        .sorted(
                                Comparator.comparing(
                                        LiveFileMetaData::smallestKey, Arrays::compareUnsigned))
                        .toList();
        long each = files.stream().mapToLong(LiveFileMetaData::size).sum() / most;
        List<Part> parts = new ArrayList<>();
        byte[] from = {};
        long bytes = 0;
        for (LiveFileMetaData file : files) {
            byte[] to = KeyLayout.atOrAfter(KeyLayout.key(file.smallestKey()).text());
            if (bytes > each && Arrays.compareUnsigned(from, to) < 0) {
                parts.add(Part.between(from, to));
                from = to;
                bytes = 0;
            }
            bytes += file.size();
        }
        parts.add(Part.since(from));
        return parts;
    }

    /// Does something while no files are merged: that would take half of the cores and of the disk.
    public <T> T undisturbed(Supplier<T> work) {
        db.abortAllCompactions();
        try {
            return work.get();
        } finally {
            db.resumeAllCompactions();
        }
    }

    /// Both of one state of the disk.
    Cursors cursors() {
        try {
            List<RocksIterator> both = db.newIterators(List.of(changes, versions));
            return new Cursors(new Cursor(this, both.get(0)), new Cursor(this, both.get(1)));
        } catch (RocksDBException e) {
            throw failed("cannot read from " + folder, e);
        }
    }

    record Cursors(Cursor changes, Cursor versions) implements AutoCloseable {
        @Override
        public void close() {
            changes.close();
            versions.close();
        }
    }

    /// A scan that ended early because of an error looks like one that reached the end, unless
    /// asked.
    void check(RocksIterator iterator) {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw failed("cannot read from " + folder, e);
        }
    }

    private static UncheckedIOException failed(String doing, RocksDBException e) {
        return new UncheckedIOException(new IOException(doing + ": " + e.getMessage(), e));
    }

    /// Gives up the folder. Nobody may be reading or writing.
    @Override
    public void close() {
        Optional.ofNullable(spareBatch.poll()).ifPresent(Batch::free);
        meta.close();
        versions.close();
        changes.close();
        db.close();
        for (AutoCloseable option : options.reversed()) {
            try {
                option.close();
            } catch (Exception e) {
                throw new IllegalStateException("an option of RocksDB does not close", e);
            }
        }
    }
}
