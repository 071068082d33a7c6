package dev.drover.node.artifact;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an artifact's source says when it is a Git repository.
sealed interface GitSource {

    /// What such a source begins with, unless it names a forge.
    String PREFIX = "git::";

    /// Options of Git; `depth` is one for jobs that state it: the history is never fetched.
    List<String> OPTIONS = List.of("ref", "depth", "sshkey");

    /// A repository.
    ///
    /// @param folder in it, or a file with `mode = "file"`; empty for all
    record Repository(URI uri, String folder) implements GitSource {}

    /// It is meant as one and cannot be fetched.
    record Refused(String why) implements GitSource {}

    /// It is something else.
    record Other() implements GitSource {}

    /// `host/owner/repository` without a scheme.
    Pattern FORGE =
            Pattern.compile("(github\\.com|gitlab\\.com|bitbucket\\.org)/([^/]+)/([^/]+)(/.*)?");

    /// `user@host:path`, as ssh is written.
    Pattern SCP = Pattern.compile("[^/:@]+@[^/:]+:.*");

    /// Of a source without its query.
    static GitSource of(String text) {
        boolean said = text.startsWith(PREFIX);
        String rest = said ? text.substring(PREFIX.length()) : text;
        Matcher forge = FORGE.matcher(rest);
        if (forge.matches()) {
            String more = Optional.ofNullable(forge.group(4)).orElse("").replaceFirst("^/+", "");
            String name = forge.group(3).replaceFirst("\\.git$", "");
            return repository(
                    "https://%s/%s/%s.git".formatted(forge.group(1), forge.group(2), name), more);
        }
        if (SCP.matcher(rest).matches() || rest.toLowerCase(Locale.ROOT).startsWith("ssh:")) {
            return new Refused(
                    "Git over ssh is not fetched: it would need a key of the node's; write git::https://… and, for a private repository, an Authorization header");
        }
        if (!said) {
            return new Other();
        }
        int scheme = rest.indexOf("://");
        int parts = rest.indexOf("//", scheme < 0 ? 0 : scheme + 3);
        return parts < 0
                ? repository(rest, "")
                : repository(rest.substring(0, parts), rest.substring(parts + 2));
    }

    private static GitSource repository(String url, String folder) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                return new Refused(
                        "the Git repository "
                                + url
                                + " is no http or https URL; others are not fetched");
            }
            return new Repository(uri, folder.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            return new Refused("the Git repository " + url + " is no URL");
        }
    }
}
