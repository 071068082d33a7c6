package dev.drover.node.template.functions;

import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Function;
import dev.drover.node.template.language.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Functions between values and their encodings, and digests of texts.
final class EncodingFunctions {

    static final Map<String, Function> ALL =
            Map.ofEntries(
                    Map.entry(
                            "base64Encode",
                            a ->
                                    Value.of(
                                            Base64.getEncoder()
                                                    .encodeToString(
                                                            Value.bytes(a.exactly(1).text(0))))),
                    Map.entry(
                            "base64Decode",
                            a -> Value.of(decode(Base64.getDecoder(), a.exactly(1).text(0)))),
                    Map.entry(
                            "base64URLEncode",
                            a ->
                                    Value.of(
                                            Base64.getUrlEncoder()
                                                    .encodeToString(
                                                            Value.bytes(a.exactly(1).text(0))))),
                    Map.entry(
                            "base64URLDecode",
                            a -> Value.of(decode(Base64.getUrlDecoder(), a.exactly(1).text(0)))),
                    Map.entry("md5sum", a -> Value.of(digest("MD5", a.exactly(1).text(0)))),
                    Map.entry("sha256Hex", a -> Value.of(digest("SHA-256", a.exactly(1).text(0)))),
                    Map.entry(
                            "hmacSHA256Hex", a -> Value.of(hmac(a.exactly(2).text(0), a.text(1)))),
                    Map.entry(
                            "parseJSON",
                            a ->
                                    a.exactly(1).text(0).isEmpty()
                                            ? new Value.Mapping(new java.util.TreeMap<>())
                                            : Json.read(a.text(0))),
                    Map.entry("toJSON", a -> Value.of(Json.compact(a.exactly(1).value(0)))),
                    Map.entry("toJSONPretty", a -> Value.of(Json.pretty(a.exactly(1).value(0)))),
                    Map.entry(
                            "toUnescapedJSON",
                            a -> Value.of(Json.unescaped(a.exactly(1).value(0)))),
                    Map.entry(
                            "toUnescapedJSONPretty",
                            a -> Value.of(Json.unescapedPretty(a.exactly(1).value(0)))),
                    Map.entry("toYAML", a -> Value.of(Yaml.write(a.exactly(1).value(0)))),
                    Map.entry("toTOML", a -> Value.of(Toml.write(a.exactly(1).mapping(0)))),
                    Map.entry(
                            "parseYAML",
                            _ -> {
                                throw Fault.of(
                                        "parseYAML is not available: the node reads no YAML, to stay small; use parseJSON");
                            }));

    private EncodingFunctions() {}

    /// A template's values are text: bytes that are none (a keystore) want an artifact.
    private static String decode(Base64.Decoder decoder, String text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoder.decode(text)))
                    .toString();
        } catch (IllegalArgumentException e) {
            throw Fault.of("illegal base64 data: " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw Fault.of(
                    "the decoded bytes are no UTF-8 text: a template renders text; fetch binary files as artifacts");
        }
    }

    private static String digest(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(Value.bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static String hmac(String text, String key) {
        if (key.isEmpty()) {
            throw Fault.of("hmacSHA256Hex: the key is empty");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Value.bytes(key), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(Value.bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
