package dev.drover.controller.nodes;

import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Which nodes a connection may speak for: those its certificate names (common name and DNS names),
/// compared exactly. On this machine's loopback, without certificates, all of them.
///
/// @param names none when nobody asked for a certificate
record SpokenFor(Optional<Set<String>> names) {
    private static final int DNS_NAME = 2; // of RFC 5280's GeneralName

    /// Whoever cannot be asked for names has none, and speaks for nobody.
    static SpokenFor of(ServerWebSocket socket) {
        if (!socket.isSsl()) {
            return new SpokenFor(Optional.empty());
        }
        try {
            Certificate first = socket.sslSession().getPeerCertificates()[0];
            return new SpokenFor(Optional.of(names((X509Certificate) first)));
        } catch (IOException _) {
            return new SpokenFor(Optional.of(Set.of()));
        }
    }

    /// Why it may not; empty when it may.
    Optional<String> refuse(String node) {
        return names.filter(known -> !known.contains(node))
                .map(known ->
                        ("the certificate is for %s, not for a node called %s: start the node with"
                                        + " --name, or give it a certificate with that name")
                                .formatted(String.join(", ", known), node));
    }

    private static Set<String> names(X509Certificate certificate) throws IOException {
        try {
            Set<String> names = new TreeSet<>();
            for (Rdn part :
                    new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
            Collection<List<?>> others = certificate.getSubjectAlternativeNames();
            if (others != null) {
                for (List<?> other : others) {
                    if (Integer.valueOf(DNS_NAME).equals(other.getFirst())) {
                        names.add(String.valueOf(other.get(1)));
                    }
                }
            }
            return names;
        } catch (CertificateParsingException | InvalidNameException e) {
            throw new IOException("a certificate whose names cannot be read", e);
        }
    }
}
