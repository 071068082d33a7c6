package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Against the examples of Amazon's own description of the signature.
class S3SignatureTest {
    private static final S3Signature.Keys KEYS =
            new S3Signature.Keys(
                    "AKIAIOSFODNN7EXAMPLE",
                    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                    Optional.empty(),
                    "us-east-1");

    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");

    @Test
    void of_a_part_of_an_object() {
        var headers =
                S3Signature.sign(
                        URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
                        new TreeMap<>(Map.of("range", "bytes=0-9")),
                        KEYS,
                        THEN);

        assertThat(headers.get("authorization"))
                .isEqualTo(
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void of_a_query() {
        var headers =
                S3Signature.sign(
                        URI.create("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"),
                        new TreeMap<>(),
                        KEYS,
                        THEN);

        assertThat(headers.get("authorization"))
                .endsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void a_token_is_signed_and_sent() {
        var keys = new S3Signature.Keys("id", "secret", Optional.of("token"), "eu-west-1");

        var headers =
                S3Signature.sign(URI.create("http://h:9000/b/a%20b"), new TreeMap<>(), keys, THEN);

        assertThat(headers).containsEntry("x-amz-security-token", "token");
        assertThat(headers.get("authorization")).contains("x-amz-date;x-amz-security-token");
        assertThat(keys).hasToString("Keys[id, eu-west-1]");
    }

    @Test
    void the_hosts_name_tells_the_region() {
        assertThat(S3Signature.region("bucket.s3.eu-central-1.amazonaws.com"))
                .isEqualTo("eu-central-1");
        assertThat(S3Signature.region("bucket.s3-us-west-2.amazonaws.com")).isEqualTo("us-west-2");
        assertThat(S3Signature.region("s3.us-gov-west-1.amazonaws.com")).isEqualTo("us-gov-west-1");
        assertThat(S3Signature.region("s3.amazonaws.com")).isEqualTo("us-east-1");
        assertThat(S3Signature.region("minio.example.org")).isEqualTo("us-east-1");
    }
}
