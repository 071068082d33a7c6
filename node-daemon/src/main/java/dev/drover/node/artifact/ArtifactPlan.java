package dev.drover.node.artifact;

import dev.drover.manifests.model.Artifact;
import dev.drover.node.beneath.Destination;
import dev.drover.node.driver.TaskFolders;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Decides what a job's `artifact` block means on this node.
public sealed interface ArtifactPlan {

    /// Options of every source, which may stand in the URL's query, too.
    List<String> KNOWN = List.of("archive", "checksum", "filename");

    /// Options of S3 besides; as secrets they stand in the block alone.
    List<String> KNOWN_OF_S3 =
            List.of("aws_access_key_id", "aws_access_key_secret", "aws_access_token", "region");

    /// What a source begins with that is an object of S3.
    String S3 = "s3::";

    /// It is to be fetched.
    ///
    /// @param root the folder of the task beneath which it goes
    record Ready(FetchPlan fetch, Path root) implements ArtifactPlan {}

    /// It cannot be fetched, and why.
    record Refused(String why) implements ArtifactPlan {}

    /// What a node allows its jobs.
    ///
    /// @param loopback whether artifacts may come from this machine itself
    record Rules(boolean loopback) {

        /// One machine that is server and node for a person who tries things: the web server beside
        /// it is theirs.
        public static final Rules DEV = new Rules(true);

        /// A node that several people's jobs share.
        public static final Rules SHARED = new Rules(false);
    }

    /// The task whose artifact it is.
    ///
    /// @param fill replaces `${…}` by what it means for the task
    record Owner(TaskFolders folders, Map<String, String> variables, UnaryOperator<String> fill) {}

    /// What to fetch.
    static ArtifactPlan of(Artifact artifact, Owner owner, Rules rules) {
        if (artifact.insecure().orElse(false)) {
            return new Refused(
                    "insecure = true is refused: anybody on the way could replace the artifact; use http and a checksum, or a certificate that this machine trusts");
        }
        Map<String, String> options = new HashMap<>();
        artifact.options().forEach((key, value) -> options.put(key, owner.fill().apply(value)));
        String said = owner.fill().apply(artifact.source().orElse(""));
        return switch (GitSource.of(said.replaceFirst("\\?.*", ""))) {
            case GitSource.Refused(String why) -> new Refused(why);
            case GitSource.Repository repository ->
                    git(artifact, owner, rules, options(said, options), repository);
            case GitSource.Other _ -> web(artifact, owner, rules, said, options);
        };
    }

    /// The options, with those of the source's query that do not stand in the block.
    private static Map<String, String> options(String said, Map<String, String> options) {
        Map<String, String> all = new HashMap<>();
        int query = said.indexOf('?');
        for (String pair : query < 0 ? new String[0] : said.substring(query + 1).split("&")) {
            String key = pair.replaceFirst("=.*", "");
            all.put(key, pair.substring(Math.min(key.length() + 1, pair.length())));
        }
        all.putAll(options);
        return all;
    }

    private static ArtifactPlan git(
            Artifact artifact,
            Owner owner,
            Rules rules,
            Map<String, String> options,
            GitSource.Repository repository) {
        if (options.containsKey("sshkey")) {
            return new Refused(
                    "sshkey means nothing here: Git is fetched over https; for a private repository give an Authorization header");
        }
        if (options.containsKey("checksum")) {
            return new Refused(
                    "a checksum means nothing for Git: name a commit, ref = \"0123…\", which is one");
        }
        Optional<Refused> unknown = unknown(options, GitSource.OPTIONS, "git");
        if (unknown.isPresent()) {
            return unknown.get();
        }
        if (!options.getOrDefault("depth", "1").matches("[1-9][0-9]{0,8}")) {
            return new Refused("the depth " + options.get("depth") + " is no number above 0");
        }
        FetchPlan.Way way =
                new FetchPlan.Way.Git(
                        Optional.ofNullable(options.get("ref")).filter(ref -> !ref.isEmpty()),
                        repository.folder(),
                        headers(artifact, owner.fill()));
        return placed(artifact, owner, new Asked(rules, repository.uri(), way), Map.of());
    }

    private static Optional<Refused> unknown(
            Map<String, String> options, List<String> known, String kind) {
        return options.keySet().stream()
                .filter(option -> !known.contains(option))
                .sorted()
                .findFirst()
                .map(option ->
                        new Refused(
                                "the option "
                                        + option
                                        + " means nothing for "
                                        + kind
                                        + "; known are "
                                        + String.join(", ", known)));
    }

    private static ArtifactPlan web(
            Artifact artifact, Owner owner, Rules rules, String said, Map<String, String> options) {
        boolean s3 = said.startsWith(S3);
        Optional<URI> source = source(s3 ? said.substring(S3.length()) : said, options);
        if (source.isEmpty()) {
            return new Refused(
                    "the source "
                            + artifact.source().orElse("\"\"")
                            + " is no http, https, s3:: or git:: URL; other kinds are not fetched");
        }
        List<String> known = new ArrayList<>(KNOWN);
        known.addAll(s3 ? KNOWN_OF_S3 : List.of());
        Optional<Refused> unknown =
                unknown(options, known, s3 ? "s3" : String.valueOf(source.get().getScheme()));
        if (unknown.isPresent()) {
            return unknown.get();
        }
        if (s3 && !artifact.headers().isEmpty()) {
            return new Refused("headers mean nothing for s3: requests are signed");
        }
        if (options.containsKey("aws_access_key_id")
                != options.containsKey("aws_access_key_secret")) {
            return new Refused("aws_access_key_id and aws_access_key_secret need each other");
        }
        FetchPlan.Way way =
                s3
                        ? new FetchPlan.Way.S3(keys(source.get(), options))
                        : new FetchPlan.Way.Web(headers(artifact, owner.fill()));
        return placed(artifact, owner, new Asked(rules, source.get(), way), options);
    }

    /// What is asked of whom.
    record Asked(Rules rules, URI source, FetchPlan.Way way) {}

    private static SortedMap<String, String> headers(
            Artifact artifact, UnaryOperator<String> fill) {
        SortedMap<String, String> headers = new TreeMap<>();
        artifact.headers().forEach((name, value) -> headers.put(name, fill.apply(value)));
        return headers;
    }

    private static Optional<S3Signature.Keys> keys(URI source, Map<String, String> options) {
        return Optional.ofNullable(options.get("aws_access_key_id"))
                .map(id ->
                        new S3Signature.Keys(
                                id,
                                options.getOrDefault("aws_access_key_secret", ""),
                                Optional.ofNullable(options.get("aws_access_token")),
                                options.getOrDefault(
                                        "region",
                                        S3Signature.region(String.valueOf(source.getHost())))));
    }

    private static ArtifactPlan placed(
            Artifact artifact, Owner owner, Asked asked, Map<String, String> options) {
        URI source = asked.source();
        Optional<FetchPlan.Proof> proof =
                Optional.ofNullable(options.get("checksum"))
                        .flatMap(text -> FetchPlan.Proof.parse(text, source));
        if (options.containsKey("checksum") && proof.isEmpty()) {
            return new Refused(
                    "the checksum "
                            + options.get("checksum")
                            + " is neither of the form type:hex (types are md5, sha1, sha256, sha512) nor file: and an http or https URL");
        }
        Optional<Mode> mode = mode(artifact.mode().orElse("any"));
        if (mode.isEmpty()) {
            return new Refused(
                    "the mode " + artifact.mode().orElse("") + " is none of any, file, dir");
        }
        String archive = options.getOrDefault("archive", "true");
        boolean kind = Packing.names().contains(archive);
        if (!kind && !archive.equals("true") && !archive.equals("false")) {
            return new Refused(
                    "the archive kind "
                            + archive
                            + " is unknown; known are "
                            + String.join(", ", Packing.names())
                            + ", and false");
        }
        FetchPlan.Place place =
                new FetchPlan.Place(
                        mode.get(),
                        !archive.equals("false"),
                        kind ? Optional.of(archive) : Optional.empty(),
                        Optional.ofNullable(options.get("filename")));
        if (place.filename().filter(name -> name.contains("/") || name.equals("..")).isPresent()) {
            return new Refused(
                    "the filename "
                            + place.filename().get()
                            + " is a path; use destination for the folder");
        }
        String destination =
                artifact.destination()
                        .map(owner.fill())
                        .orElseGet(
                                () -> mode.get() == Mode.FILE ? "local/" + name(asked) : "local/");
        return switch (Destination.of(destination, owner.folders(), owner.variables())) {
            case Destination.Outside(String why) -> new Refused("the destination " + why);
            case Destination.Beneath(Path root, Path relative) ->
                    ready(
                            new FetchPlan(
                                    source,
                                    relative.toString(),
                                    place,
                                    proof,
                                    asked.way(),
                                    asked.rules().loopback(),
                                    FetchLimits.USUAL),
                            root);
        };
    }

    /// The child reads its plan line by line: a value with a line break could say what the node
    /// does not allow.
    private static ArtifactPlan ready(FetchPlan fetch, Path root) {
        boolean broken =
                fetch.lines().stream().anyMatch(line -> line.matches("(?s).*\\p{Cntrl}.*"));
        return broken
                ? new Refused(
                        "a header, an option or the destination has a control character in it")
                : new Ready(fetch, root);
    }

    private static String name(Asked asked) {
        String path =
                asked.way() instanceof FetchPlan.Way.Git git
                        ? git.folder()
                        : String.valueOf(asked.source().getPath());
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Optional<Mode> mode(String text) {
        return switch (text) {
            case "any", "" -> Optional.of(Mode.ANY);
            case "file" -> Optional.of(Mode.FILE);
            case "dir" -> Optional.of(Mode.DIR);
            default -> Optional.empty();
        };
    }

    /// The URL without our options in its query; those go to `options` unless they stand there.
    private static Optional<URI> source(String text, Map<String, String> options) {
        int query = text.indexOf('?');
        String kept = "";
        for (String pair : query < 0 ? new String[0] : text.substring(query + 1).split("&")) {
            String key = pair.replaceFirst("=.*", "");
            if (KNOWN.contains(key)) {
                options.putIfAbsent(key, pair.substring(Math.min(key.length() + 1, pair.length())));
            } else {
                kept += (kept.isEmpty() ? "?" : "&") + pair;
            }
        }
        try {
            URI source = new URI((query < 0 ? text : text.substring(0, query)) + kept);
            String scheme = String.valueOf(source.getScheme()).toLowerCase(Locale.ROOT);
            return scheme.equals("http") || scheme.equals("https")
                    ? Optional.of(source)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
