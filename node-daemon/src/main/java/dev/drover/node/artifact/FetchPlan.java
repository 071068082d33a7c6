package dev.drover.node.artifact;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that the child is told, on its standard input: headers may be secrets and must not stand in
/// an argument list.
///
/// @param source http or https
/// @param target beneath the staging folder: the folder to unpack into, or the file's own path, by
///   `place`
/// @param place what the target is, and whether archives are unpacked
/// @param proof what the bytes must add up to; empty when the job does not say
/// @param way what is shown to the source's own origin, and to nobody else
/// @param loopback whether this machine's own services may be asked; a job on a shared node must
///   not reach them
record FetchPlan(
        URI source,
        String target,
        Place place,
        Optional<Proof> proof,
        Way way,
        boolean loopback,
        FetchLimits limits) {

    /// Where it goes.
    ///
    /// @param mode as the job says
    /// @param unpack whether an archive is one: `archive = false` says no
    /// @param archive its kind, where the name does not tell
    /// @param filename of a file that is put into a folder, where the job names it
    record Place(Mode mode, boolean unpack, Optional<String> archive, Optional<String> filename) {}

    /// What the bytes must add up to.
    sealed interface Proof {
        /// The job says so itself.
        record Sum(Checksum checksum) implements Proof {
            @Override
            public String toString() {
                return checksum.toString();
            }
        }

        /// A file of the web says so, in the line of the source's name.
        record Listed(URI file) implements Proof {
            @Override
            public String toString() {
                return FILE + file;
            }
        }

        /// How a checksum file is written: `file:https://…/SHA256SUMS`.
        String FILE = "file:";

        /// What `checksum = "…"` says; the place of a checksum file may be said from the source's.
        static Optional<Proof> parse(String text, URI source) {
            if (!text.startsWith(FILE)) {
                return Checksum.parse(text).map(Sum::new);
            }
            try {
                URI file = source.resolve(text.substring(FILE.length()));
                String scheme = String.valueOf(file.getScheme());
                boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
                return web ? Optional.of(new Listed(file)) : Optional.empty();
            } catch (IllegalArgumentException _) {
                return Optional.empty(); // no URL at all
            }
        }
    }

    /// The checksum by which another artifact is the same one, if the job says a good one: md5 and
    /// sha1 can be met on purpose.
    Optional<Checksum> identity() {
        return proof.filter(Proof.Sum.class::isInstance)
                .map(sum -> ((Proof.Sum) sum).checksum())
                .filter(sum -> STRONG.contains(sum.algorithm()));
    }

    private static final Set<String> STRONG = Set.of("sha256", "sha512");

    /// How the source is asked.
    sealed interface Way {
        /// As everybody asks the web, with the job's headers.
        record Web(SortedMap<String, String> headers) implements Way {
            public Web {
                headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
            }
        }

        /// As an object of S3: signed, unless the bucket is open to all and the job has no keys.
        record S3(Optional<S3Signature.Keys> keys) implements Way {}

        /// As a repository of Git.
        ///
        /// @param ref a branch, a tag, a full name of either or a commit; the repository's own
        ///   choice when absent
        /// @param folder in it, or a file; empty for all
        record Git(Optional<String> ref, String folder, SortedMap<String, String> headers)
                implements Way {
            public Git {
                headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
            }
        }
    }

    /// The last part of the source's path.
    String basename() {
        String path = String.valueOf(source.getPath());
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals("..") || name.equals(".") ? "index" : name;
    }

    /// How the source is packed: as the job says, or as its name tells.
    Optional<Packing> packing() {
        return Packing.ofName(place.archive().map(kind -> "x." + kind).orElse(basename()));
    }

    private static final char SEPARATOR = '=';

    /// One `key=value` a line; a value holds no line break.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("target=" + target);
        lines.add("mode=" + place.mode());
        lines.add("unpack=" + place.unpack());
        place.archive().ifPresent(kind -> lines.add("archive=" + kind));
        place.filename().ifPresent(name -> lines.add("filename=" + name));
        proof.ifPresent(sum -> lines.add("checksum=" + sum));
        lines.addAll(asked());
        lines.add("loopback=" + loopback);
        lines.add("bytes=" + limits.bytes());
        lines.add("files=" + limits.files());
        lines.add("ratio=" + limits.ratio());
        lines.add("seconds=" + limits.time().toSeconds());
        lines.add("attempts=" + limits.attempts());
        lines.add("end=");
        return lines;
    }

    /// What is asked of whom, secrets included: not to be shown.
    List<String> asked() {
        List<String> lines = new ArrayList<>();
        lines.add("source=" + source);
        switch (way) {
            case Way.Web(SortedMap<String, String> headers) -> {
                lines.add("way=web");
                headers.forEach((name, value) -> lines.add("header " + name + "=" + value));
            }
            case Way.Git(var ref, String folder, SortedMap<String, String> headers) -> {
                lines.add("way=git");
                ref.ifPresent(name -> lines.add("ref=" + name));
                lines.add("folder=" + folder);
                headers.forEach((name, value) -> lines.add("header " + name + "=" + value));
            }
            case Way.S3(Optional<S3Signature.Keys> keys) -> {
                lines.add("way=s3");
                keys.ifPresent(k -> {
                    lines.add("key=" + k.id());
                    lines.add("secret=" + k.secret());
                    k.token().ifPresent(token -> lines.add("token=" + token));
                    lines.add("region=" + k.region());
                });
            }
        }
        return lines;
    }

    private static Way way(Map<String, String> values, SortedMap<String, String> headers) {
        String way = need(values, "way");
        if (way.equals("web")) {
            return new Way.Web(headers);
        }
        if (way.equals("git")) {
            return new Way.Git(
                    Optional.ofNullable(values.get("ref")), need(values, "folder"), headers);
        }
        return new Way.S3(
                Optional.ofNullable(values.get("key"))
                        .map(key ->
                                new S3Signature.Keys(
                                        key,
                                        need(values, "secret"),
                                        Optional.ofNullable(values.get("token")),
                                        need(values, "region"))));
    }

    /// The plan of those lines. Throws when they are not those of [#lines]: then the daemon and its
    /// child are not of one version.
    static FetchPlan of(List<String> lines) {
        Map<String, String> values = new TreeMap<>();
        SortedMap<String, String> headers = new TreeMap<>();
        for (String line : lines) {
            int at = line.indexOf(SEPARATOR);
            String key = line.substring(0, Math.max(at, 0));
            String value = line.substring(at + 1);
            if (key.startsWith("header ")) {
                headers.put(key.substring("header ".length()), value);
            } else {
                values.put(key, value);
            }
        }
        URI source = URI.create(need(values, "source"));
        return new FetchPlan(
                source,
                need(values, "target"),
                new Place(
                        Mode.valueOf(need(values, "mode")),
                        Boolean.parseBoolean(need(values, "unpack")),
                        Optional.ofNullable(values.get("archive")),
                        Optional.ofNullable(values.get("filename"))),
                Optional.ofNullable(values.get("checksum"))
                        .flatMap(text -> Proof.parse(text, source)),
                way(values, headers),
                Boolean.parseBoolean(need(values, "loopback")),
                new FetchLimits(
                        Long.parseLong(need(values, "bytes")),
                        Integer.parseInt(need(values, "files")),
                        Integer.parseInt(need(values, "ratio")),
                        Duration.ofSeconds(Long.parseLong(need(values, "seconds"))),
                        Integer.parseInt(need(values, "attempts"))));
    }

    private static String need(Map<String, String> values, String key) {
        return Optional.ofNullable(values.get(key))
                .orElseThrow(() -> new IllegalArgumentException("the plan has no " + key));
    }
}
