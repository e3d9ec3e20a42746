package gatehouse.api.http;

import gatehouse.api.identity.AccountAuthentication;
import gatehouse.api.identity.AccountContextRepository;
import gatehouse.api.identity.BearerTokens;
import gatehouse.api.limit.AccountLimitFilter;
import gatehouse.api.limit.RateLimits;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may call what, and what every answer says to the browser. */
@Configuration
@EnableWebSecurity
class SecurityWiring {

  /** No inline script, no inline style, no foreign origin; styles of elements are set by script. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; "
          + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
          + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

  @Bean
  CookieCsrfTokenRepository csrfTokens() {
    CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
    return tokens;
  }

  @Bean
  SecurityFilterChain gates(
      HttpSecurity http,
      Problems problems,
      AccountContextRepository accounts,
      BearerTokens bearerTokens,
      RateLimits limits,
      CookieCsrfTokenRepository csrfTokens) {
    AuthenticationEntryPoint notSignedIn =
        (request, response, e) -> refuse(problems, request, response, e);
    return http.securityContext(context -> context.securityContextRepository(accounts))
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfTokens))
        .oauth2ResourceServer(
            tokens ->
                tokens
                    .authenticationManagerResolver(request -> bearerTokens::authenticate)
                    .authenticationEntryPoint(notSignedIn))
        .requestCache(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(anonymous -> {})
        .addFilterBefore(new AccountLimitFilter(limits), AuthorizationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    // The end of a stream: it was allowed when it began.
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    // What an account signs in with is kept in a session of its own.
                    .requestMatchers(signInByToken())
                    .denyAll()
                    .requestMatchers("/api/v1/session", "/api/v1/session/second-step")
                    .permitAll()
                    .requestMatchers("/api/v1/second-factor/**")
                    .authenticated()
                    .requestMatchers(SecurityWiring::lacksSecondFactor)
                    .denyAll()
                    .requestMatchers(
                        "/api/v1/alerts",
                        "/api/v1/alerts/**",
                        "/api/v1/silences/**",
                        "/api/v1/digests",
                        "/api/v1/alert-budgets/**")
                    .hasAnyRole("POLICE", "PROPERTY", "OPERATIONS")
                    .requestMatchers("/api/v1/registry/**")
                    .hasAnyRole("PROPERTY", "OPERATIONS")
                    .requestMatchers("/api/v1/pass-links/*")
                    .permitAll()
                    .requestMatchers(
                        "/api/v1/homes/**",
                        "/api/v1/visitor-passes/**",
                        "/api/v1/belongings/**",
                        "/api/v1/claims",
                        "/api/v1/me/**",
                        "/api/v1/notices/**",
                        "/api/v1/sos")
                    .hasRole("RESIDENT")
                    .requestMatchers("/api/v1/reports/**")
                    .hasAnyRole("POLICE", "RESIDENT")
                    .requestMatchers("/api/v1/news/**")
                    .hasAnyRole("POLICE", "PROPERTY", "RESIDENT")
                    .requestMatchers("/api/v1/webhooks/**")
                    .hasAnyAuthority("DUTY_MANAGER", "ROLE_OPERATIONS")
                    .requestMatchers("/api/v1/retention")
                    .hasAnyRole("AUDITOR", "OPERATIONS")
                    .requestMatchers(
                        "/api/v1/persons/**",
                        "/api/v1/units/**",
                        "/api/v1/access-log/reveal",
                        "/api/v1/property-passes/**",
                        "/api/v1/permit-requests/**",
                        "/api/v1/work-orders/**",
                        "/api/v1/worklists/**",
                        "/api/v1/exports/**")
                    .hasRole("PROPERTY")
                    .requestMatchers("/api/v1/devices/**")
                    .hasAnyRole("POLICE", "PROPERTY", "OPERATIONS")
                    .requestMatchers("/api/v1/fire")
                    .hasAnyRole("POLICE", "PROPERTY")
                    .requestMatchers("/api/v1/statistics/devices", "/api/v1/statistics/devices.csv")
                    .hasAnyRole("PROPERTY", "OPERATIONS")
                    .requestMatchers("/api/v1/statistics/**")
                    .hasRole("PROPERTY")
                    .requestMatchers("/api/v1/access-log.csv", "/api/v1/lockdowns/**")
                    .hasAnyRole("POLICE", "PROPERTY")
                    .requestMatchers("/api/v1/credential-sync/**")
                    .hasAnyAuthority("ROLE_OPERATIONS", "DUTY_OPERATOR")
                    .requestMatchers("/api/v1/leases/*/move-out")
                    .hasAnyAuthority("ROLE_RESIDENT", "DUTY_OPERATOR")
                    .requestMatchers("/api/v1/access-log")
                    .hasAnyRole("POLICE", "PROPERTY", "RESIDENT")
                    .requestMatchers("/api/v1/phones/**")
                    .hasRole("RESIDENT")
                    .requestMatchers("/api/v1/cases/**", "/api/v1/watch-orders/**")
                    .hasRole("POLICE")
                    .requestMatchers("/api/v1/audit/**")
                    .hasRole("AUDITOR")
                    .requestMatchers("/api/v1/session/*", "/api/v1/second-factor/**")
                    .authenticated()
                    // An auditor reads the audit log and nothing else.
                    .requestMatchers("/api/**")
                    .hasAnyRole("POLICE", "PROPERTY", "RESIDENT", "OPERATIONS")
                    .requestMatchers(HttpMethod.GET, "/**")
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, "/**")
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .exceptionHandling(
            refused ->
                refused
                    .authenticationEntryPoint(notSignedIn)
                    .accessDeniedHandler(
                        (request, response, e) ->
                            problems.write(
                                request,
                                response,
                                HttpStatus.FORBIDDEN,
                                e instanceof CsrfException
                                    ? "csrf"
                                    : mustEnrol() ? "second-factor-due" : "not-allowed")))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                    .crossOriginResourcePolicy(
                        policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=()")))
        .build();
  }

  /** What changes how an account signs in, asked for with a token. */
  private static RequestMatcher signInByToken() {
    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
    return new AndRequestMatcher(
        BearerTokens::carries,
        new OrRequestMatcher(
            paths.matcher("/api/v1/second-factor/**"), paths.matcher("/api/v1/session/**")),
        new NegatedRequestMatcher(paths.matcher(HttpMethod.GET, "/api/v1/session")));
  }

  /** Whether the account must have a second factor before it can use the API. */
  private static boolean lacksSecondFactor(HttpServletRequest request) {
    return request.getServletPath().startsWith("/api/") && mustEnrol();
  }

  private static boolean mustEnrol() {
    Authentication asking = SecurityContextHolder.getContext().getAuthentication();
    return asking != null
        && asking.getAuthorities().stream()
            .anyMatch(one -> AccountAuthentication.MUST_ENROL.equals(one.getAuthority()));
  }

  /** Says to a caller with a token that the token is not good (RFC 6750), and nothing of why. */
  private static void refuse(
      Problems problems,
      HttpServletRequest request,
      HttpServletResponse response,
      AuthenticationException reason)
      throws IOException {
    if (reason instanceof BearerTokens.UnavailableException) {
      problems.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
    } else if (BearerTokens.carries(request)) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
      problems.write(request, response, HttpStatus.UNAUTHORIZED, "token-refused");
    } else {
      problems.write(request, response, HttpStatus.UNAUTHORIZED, "not-signed-in");
    }
  }
}
