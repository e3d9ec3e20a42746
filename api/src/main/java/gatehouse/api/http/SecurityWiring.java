package gatehouse.api.http;

import gatehouse.api.identity.AccountContextRepository;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may call what, and what every answer says to the browser. */
@Configuration
@EnableWebSecurity
class SecurityWiring {

  /** No inline script, no foreign origin; the design's components set inline styles. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
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
      CookieCsrfTokenRepository csrfTokens) {
    return http.securityContext(context -> context.securityContextRepository(accounts))
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfTokens))
        .requestCache(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(anonymous -> {})
        .authorizeHttpRequests(
            requests ->
                requests
                    // The end of a stream: it was allowed when it began.
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers("/api/v1/session")
                    .permitAll()
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
                    .requestMatchers(
                        "/api/v1/persons/**",
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
                    .requestMatchers("/api/v1/reports/devices", "/api/v1/reports/devices.csv")
                    .hasAnyRole("PROPERTY", "OPERATIONS")
                    .requestMatchers("/api/v1/reports/**")
                    .hasRole("PROPERTY")
                    .requestMatchers("/api/v1/access-log.csv", "/api/v1/lockdowns/**")
                    .hasAnyRole("POLICE", "PROPERTY")
                    .requestMatchers("/api/v1/access-log")
                    .hasAnyRole("POLICE", "PROPERTY", "RESIDENT")
                    .requestMatchers("/api/**")
                    .authenticated()
                    .requestMatchers(HttpMethod.GET, "/**")
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, "/**")
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .exceptionHandling(
            refused ->
                refused
                    .authenticationEntryPoint(
                        (request, response, e) ->
                            problems.write(
                                request, response, HttpStatus.UNAUTHORIZED, "not-signed-in"))
                    .accessDeniedHandler(
                        (request, response, e) ->
                            problems.write(
                                request,
                                response,
                                HttpStatus.FORBIDDEN,
                                e instanceof CsrfException ? "csrf" : "not-allowed")))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=()")))
        .build();
  }
}
