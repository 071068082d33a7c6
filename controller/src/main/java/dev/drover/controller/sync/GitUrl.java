package dev.drover.controller.sync;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Which addresses a source may name.
final class GitUrl {
    private GitUrl() {}

    /// Why an address is refused; empty when it is not. Only `file:` and `https:`: other transports
    /// run programs or send in clear. Compared exactly, so that nothing that a shell or Git would
    /// read as an option passes.
    static Optional<String> refusal(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException wrong) {
            return Optional.of(url + " is not a URL: write file:///path or https://host/path");
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
        if (!scheme.equals("file") && !scheme.equals("https")) {
            return Optional.of(
                    "the scheme of "
                            + shown(uri)
                            + " is not supported: write file:///path or https://host/path");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of(
                    "the URL holds credentials, which everybody could read: leave them out");
        }
        if (scheme.equals("file") && uri.getHost() != null) {
            return Optional.of(url + " names a host: write file:///path");
        }
        return Optional.empty();
    }

    private static String shown(URI uri) {
        return uri.getRawUserInfo() == null ? uri.toString() : "the URL";
    }
}
