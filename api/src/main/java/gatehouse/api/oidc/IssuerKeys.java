package gatehouse.api.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;

/**
 * The keys of an issuer, from where it publishes them (OpenID Connect Discovery 1.0, RFC 7517). No
 * address ever comes from a token.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  private static final int PATIENCE_MILLIS = 2_000;
  private static final int MOST_BYTES = 256 * 1024;

  private final String issuer;
  private final String jwksUrl;
  private volatile boolean away;
  private final DefaultResourceRetriever retriever =
      new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES);

  /**
   * Keys of an issuer; nothing is read yet.
   *
   * @param jwksUrl where they are; empty: the issuer's own document says it
   */
  IssuerKeys(String issuer, String jwksUrl) {
    this.issuer = issuer;
    this.jwksUrl = jwksUrl;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long currentTime, SecurityContext context)
      throws KeySourceException {
    try {
      JWKSet keys = JWKSet.parse(read(jwksUrl.isEmpty() ? discovered() : jwksUrl));
      away = false;
      return keys;
    } catch (IOException | ParseException | IllegalArgumentException e) {
      away = true;
      throw new RemoteKeySourceException("the issuer's keys cannot be read", e);
    }
  }

  /** Whether the keys could not be read the last time. */
  boolean away() {
    return away;
  }

  private String discovered() throws IOException, ParseException {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Map<String, Object> document =
        JSONObjectUtils.parse(read(base + "/.well-known/openid-configuration"));
    if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))) {
      throw new IOException("the document is another issuer's");
    }
    String keys = JSONObjectUtils.getString(document, "jwks_uri");
    if (keys == null || !TokenVerifier.isTrustworthy(keys)) {
      throw new IOException("the document names no address of keys that can be trusted");
    }
    return keys;
  }

  private String read(String address) throws IOException {
    return retriever.retrieveResource(URI.create(address).toURL()).getContent();
  }

  @Override
  public void close() {
    // No connection is kept.
  }
}
