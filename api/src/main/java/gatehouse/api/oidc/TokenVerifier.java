package gatehouse.api.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import gatehouse.api.ApiSettings;
import gatehouse.config.ConfigException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Verifies access tokens (RFC 7519, RFC 9068) of the one issuer that is configured: signed with
 * RS256 or ES256 by one of its keys, for our audience, and in their time.
 */
@Component
public final class TokenVerifier {

  /** How far the issuer's clock may be from ours. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** How long keys are kept; one that the issuer has withdrawn is good for so long at most. */
  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);

  /**
   * A token of an unknown key has the keys read anew, so that a new key counts at once, but not
   * more often than this: made-up keys are no way to have us besiege the issuer.
   */
  private static final Duration BETWEEN_READS = Duration.ofSeconds(10);

  private final String issuer;
  private final IssuerKeys keys;
  private final @Nullable NimbusJwtDecoder decoder;

  TokenVerifier(ApiSettings settings, Clock clock) {
    this.issuer = settings.oidcIssuer();
    this.keys = new IssuerKeys(issuer, settings.oidcJwksUrl());
    if (issuer.isEmpty()) {
      this.decoder = null;
      return;
    }
    check("GATEHOUSE_OIDC_ISSUER", issuer);
    if (!settings.oidcJwksUrl().isEmpty()) {
      check("GATEHOUSE_OIDC_JWKS_URL", settings.oidcJwksUrl());
    }
    this.decoder = decoder(keys);
    JwtTimestampValidator time = new JwtTimestampValidator(SKEW);
    time.setAllowEmptyExpiryClaim(false);
    time.setClock(clock);
    this.decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtIssuerValidator(issuer),
            new JwtAudienceValidator(settings.oidcAudience()),
            time));
  }

  private static NimbusJwtDecoder decoder(IssuerKeys keys) {
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.create(keys)
            .cache(KEYS_KEPT.toMillis(), Duration.ofSeconds(10).toMillis())
            .refreshAheadCache(false)
            .rateLimited(BETWEEN_READS.toMillis())
            .build();
    return NimbusJwtDecoder.withJwkSource(source)
        .jwsAlgorithms(
            algorithms -> {
              algorithms.clear();
              algorithms.addAll(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256));
            })
        .jwtProcessorCustomizer(
            processor ->
                processor.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)))
        .build();
  }

  /**
   * What a token says.
   *
   * @throws TokenRefusedException if it is not good, or no issuer is configured
   * @throws IssuerAwayException if that cannot be judged now
   */
  public ExternalToken verify(String token) throws TokenRefusedException, IssuerAwayException {
    if (decoder == null) {
      throw new TokenRefusedException();
    }
    Jwt jwt;
    try {
      jwt = decoder.decode(token);
    } catch (BadJwtException e) {
      throw new TokenRefusedException();
    } catch (JwtException e) {
      if (isUnknownKey(e) && !keys.away()) {
        throw new TokenRefusedException();
      }
      throw new IssuerAwayException(e);
    }
    String subject = jwt.getSubject();
    Instant expires = jwt.getExpiresAt();
    if (subject == null || subject.isEmpty() || subject.length() > 255 || expires == null) {
      throw new TokenRefusedException();
    }
    return new ExternalToken(issuer, subject, expires.plus(SKEW), methods(jwt));
  }

  private static List<String> methods(Jwt jwt) {
    return jwt.getClaim("amr") instanceof Collection<?> methods
        ? methods.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The key is not among those that were read lately; they are not read again yet. */
  private static boolean isUnknownKey(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RateLimitReachedException) {
        return true;
      }
    }
    return false;
  }

  /** An address that nobody between it and us can speak for. */
  static boolean isTrustworthy(String address) {
    try {
      URI uri = URI.create(address);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && (uri.getHost().equals("127.0.0.1") || uri.getHost().equals("localhost"))));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void check(String key, String address) {
    if (!isTrustworthy(address)) {
      throw new ConfigException(
          key + " is not an https address.",
          "write it as the identity provider does, with https:// in front.");
    }
  }
}
