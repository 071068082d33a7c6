package dev.drover.node.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Who this node is to its server, and whom it believes: three files in PEM form. They are read
/// anew each time the node dials, and it dials again when they change: a renewed certificate needs
/// no restart, and one that is not believed any more is of no use.
///
/// @param authority whose certificates are believed; several may stand in it
/// @param certificate the node's own, then those between it and the authority
/// @param key of that certificate, as PKCS 8 without a password
public record TlsFiles(Path authority, Path certificate, Path key) {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    /// What a key of each of them signs with.
    private static final Map<String, String> SIGNATURES =
            Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

    /// The alert of who believes no authority of what it was shown, or was shown nothing.
    private static final String NOT_BELIEVED = "certificate_required";

    /// Keys in memory are kept in the store that does the least to them; nobody else sees it.
    private static final String IN_MEMORY = "JKS";

    private static final char[] NO_PASSWORD = {};

    /// What connections are made with.
    ///
    /// @throws IOException names the file that is missing or makes no sense
    SSLContext context() throws IOException {
        try {
            KeyStore own = empty();
            Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
            own.setKeyEntry("node", privateKey(), NO_PASSWORD, chain);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);

            KeyStore believed = empty();
            for (Certificate one : certificates(authority)) {
                believed.setCertificateEntry("ca-" + believed.size(), one);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);

            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "%s and %s do not go together: %s".formatted(certificate, key, e.getMessage()),
                    e);
        }
    }

    /// What is wrong with these files when the other side has refused them in these words; empty
    /// when they are not to blame. Looked at only then: it computes long on a cold machine.
    Optional<String> blame(String refusal) {
        if (!belongTogether()) {
            return Optional.of(
                    "%s is not the key of the certificate in %s: give the two that belong together"
                            .formatted(key, certificate));
        }
        return refusal.contains(NOT_BELIEVED)
                ? Optional.of(
                        "the server believes no authority of %s: give one that those in its --tls-ca have issued"
                                .formatted(certificate))
                : Optional.empty();
    }

    /// Whether what the key signs is what the certificate vouches for.
    private boolean belongTogether() {
        try {
            PrivateKey signing = privateKey();
            Signature signature =
                    Signature.getInstance(
                            SIGNATURES.getOrDefault(
                                    signing.getAlgorithm(), signing.getAlgorithm()));
            signature.initSign(signing);
            byte[] signed = signature.sign();
            signature.initVerify(certificates(certificate).iterator().next().getPublicKey());
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException otherKind) {
            return false;
        } catch (IOException | GeneralSecurityException unreadable) {
            return true; // another message says so
        }
    }

    /// What tells these files from what they were: when each was changed, and how large it is.
    String state() {
        return Stream.of(authority, certificate, key)
                .map(TlsFiles::state)
                .collect(Collectors.joining(" "));
    }

    private static String state(Path file) {
        try {
            return Files.getLastModifiedTime(file) + "/" + Files.size(file);
        } catch (IOException e) {
            return "missing";
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(IN_MEMORY);
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " has no certificate in it");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is no certificate in PEM form: " + e.getMessage(), e);
        }
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(key));
        if (!pem.find()) {
            throw new IOException(
                    key
                            + " has no key that can be read: it must begin with BEGIN PRIVATE KEY"
                            + " (`openssl pkcs8 -topk8 -nodes` makes other forms into that)");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
        var refused = new IOException(key + " is a key of none of the kinds " + ALGORITHMS);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException otherKind) {
                refused.addSuppressed(otherKind);
            }
        }
        throw refused;
    }
}
