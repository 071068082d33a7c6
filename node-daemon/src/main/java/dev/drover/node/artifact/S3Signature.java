package dev.drover.node.artifact;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs a GET for S3 and what speaks like it: AWS Signature Version 4 in headers.
///
/// ```text
/// request   = GET, path, query, signed headers with their values, digest of the empty body
/// text      = AWS4-HMAC-SHA256, time, DAY/REGION/s3/aws4_request, digest of the request
/// signature = HMAC of the text by HMAC of aws4_request by … s3 by … REGION by … DAY by AWS4 + secret
/// ```
final class S3Signature {
    private static final String EMPTY_BODY =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// `s3.REGION.`, `s3-REGION.` and the same behind a bucket.
    private static final Pattern REGION =
            Pattern.compile("(?:^|\\.)s3[.-]([a-z]{2}-[a-z-]+-\\d)\\.amazonaws\\.com$");

    private S3Signature() {}

    /// Who asks. The region is that of the bucket.
    record Keys(String id, String secret, Optional<String> token, String region) {

        /// Not the secrets.
        @Override
        public String toString() {
            return "Keys[" + id + ", " + region + "]";
        }
    }

    /// The region that the host's name tells; Amazon's first one when it tells none.
    static String region(String host) {
        Matcher region = REGION.matcher(host);
        return region.find() ? region.group(1) : "us-east-1";
    }

    /// The headers to add, `Authorization` among them; `Host` is the client's to send.
    ///
    /// @param signed other headers that are to be signed, by lower-case name
    static SortedMap<String, String> sign(
            URI uri, SortedMap<String, String> signed, Keys keys, Instant now) {
        String time = TIME.format(now);
        String scope = time.substring(0, 8) + "/" + keys.region() + "/s3/aws4_request";
        SortedMap<String, String> added = new TreeMap<>();
        added.put("x-amz-content-sha256", EMPTY_BODY);
        added.put("x-amz-date", time);
        keys.token().ifPresent(token -> added.put("x-amz-security-token", token));

        SortedMap<String, String> headers = new TreeMap<>(signed);
        headers.putAll(added);
        headers.put("host", host(uri));
        String names = String.join(";", headers.keySet());
        String request =
                String.join(
                        "\n",
                        "GET",
                        path(uri),
                        query(uri),
                        headers.entrySet().stream()
                                .map(h -> h.getKey() + ":" + h.getValue().strip() + "\n")
                                .collect(Collectors.joining()),
                        names,
                        EMPTY_BODY);
        String text =
                String.join(
                        "\n",
                        "AWS4-HMAC-SHA256",
                        time,
                        scope,
                        HexFormat.of().formatHex(digest(request)));
        byte[] key = ("AWS4" + keys.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scope.split("/"))) {
            key = mac(key, part);
        }
        added.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=%s/%s,SignedHeaders=%s,Signature=%s"
                        .formatted(
                                keys.id(), scope, names, HexFormat.of().formatHex(mac(key, text))));
        return added;
    }

    private static String host(URI uri) {
        boolean usual =
                uri.getPort() < 0 || uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
        return uri.getHost() + (usual ? "" : ":" + uri.getPort());
    }

    /// As the server sees it: every byte that needs no escape without one, all others with.
    private static String path(URI uri) {
        String path = String.valueOf(uri.getPath());
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            parts.add(escaped(part));
        }
        return path.isEmpty() ? "/" : String.join("/", parts);
    }

    private static String query(URI uri) {
        if (uri.getRawQuery() == null) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (String pair : uri.getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.add(escaped(plain(name)) + "=" + escaped(plain(value)));
        }
        return pairs.stream().sorted().collect(Collectors.joining("&"));
    }

    private static String plain(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            escaped.append(plain ? String.valueOf(c) : "%%%02X".formatted(b & 0xFF));
        }
        return escaped.toString();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
