package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Mistake;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;

/// A private RSA key without a passphrase, as `openssl genrsa -traditional` writes it (PKCS 1 in
/// PEM).
final class RsaKey {
    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN RSA PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END RSA PRIVATE KEY-----");

    /// A key of 4096 bits has 3,250; the time of a decryption grows with the third power.
    private static final int LENGTH_MAX = 4_000;

    /// What PKCS 8 puts in front of an RSA key in PKCS 1: version 0 and the algorithm's number.
    private static final byte[] RSA = {
        2, 1, 0, 48, 13, 6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0
    };

    private final PrivateKey key;

    private RsaKey(PrivateKey key) {
        this.key = key;
    }

    static RsaKey parse(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw Mistake.of("this is no private RSA key in PEM (PKCS 1)");
        }
        if (text.length() > LENGTH_MAX) {
            throw Mistake.limit("a key of more than " + LENGTH_MAX + " characters");
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
            var spec = new PKCS8EncodedKeySpec(pkcs8(bytes));
            return new RsaKey(KeyFactory.getInstance("RSA").generatePrivate(spec));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Mistake.of("this is no private RSA key without a passphrase");
        }
    }

    /// The text that was encrypted with the public key (PKCS 1, version 1.5).
    byte[] decrypted(byte[] cipherText) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return cipher.doFinal(cipherText);
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] octets = tagged(4, pkcs1);
        byte[] inner = Arrays.copyOf(RSA, RSA.length + octets.length);
        System.arraycopy(octets, 0, inner, RSA.length, octets.length);
        return tagged(48, inner);
    }

    private static byte[] tagged(int tag, byte[] content) {
        byte[] length = BigInteger.valueOf(content.length).toByteArray();
        ByteBuffer whole = ByteBuffer.allocate(2 + length.length + content.length);
        whole.put((byte) tag);
        if (content.length > 127) {
            whole.put((byte) (0x80 | length.length)).put(length);
        } else {
            whole.put((byte) content.length);
        }
        whole.put(content);
        return Arrays.copyOf(whole.array(), whole.position());
    }
}
