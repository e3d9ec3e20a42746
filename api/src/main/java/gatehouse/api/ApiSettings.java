package gatehouse.api;

import gatehouse.api.crypto.CipherSuite;
import gatehouse.api.identity.SecondFactorPolicy;
import gatehouse.api.store.DatabaseLogin;
import gatehouse.config.Key;
import gatehouse.config.Secret;
import java.nio.file.Path;
import java.time.Duration;

/** The configuration of the API. */
public record ApiSettings(
    @Key(
            value = "api.bind",
            says = "Address on which the API and the console listen.",
            byDefault = "127.0.0.1")
        String bind,
    @Key(
            value = "api.port",
            says = "Port of the API and the console; 0 for a free one.",
            byDefault = "8080",
            min = 0,
            max = 65535)
        int port,
    @Key(
            value = "api.management-port",
            says = "Port of health and metrics; 0 for a free one.",
            byDefault = "8083",
            min = 0,
            max = 65535)
        int managementPort,
    @Key(
            value = "api.management-bind",
            says =
                "Address on which health and metrics are served, to whoever can reach it: never one"
                    + " that people use.",
            byDefault = "127.0.0.1")
        String managementBind,
    @Key(
            value = "api.proxy",
            says =
                "Address of the TLS proxy in front of the API; only its word on who came through it,"
                    + " and how, is taken (X-Forwarded-For, X-Forwarded-Proto). Empty: none.",
            byDefault = "")
        String proxy,
    @Key(
            value = "api.session-timeout",
            says = "How long a session lasts without a request.",
            byDefault = "PT30M",
            min = 60,
            max = 86400)
        Duration sessionTimeout,
    @Key(
            value = "kafka.bootstrap",
            says = "Kafka's bootstrap servers.",
            byDefault = "127.0.0.1:9092")
        String kafkaBootstrap,
    @Key(
            value = "mqtt.url",
            says = "The MQTT broker, tcp:// or ssl://.",
            byDefault = "tcp://127.0.0.1:1883")
        String mqttUrl,
    @Key(value = "mqtt.username", says = "User name of the API at the broker.", byDefault = "api")
        String mqttUsername,
    @Key(value = "mqtt.password", says = "Password of the API at the broker.") Secret mqttPassword,
    @Key(
            value = "database.url",
            says = "JDBC address of the database.",
            byDefault = "jdbc:postgresql://127.0.0.1:5433/gatehouse")
        String databaseUrl,
    @Key(
            value = "database.user",
            says = "Role of the requests; row-level security binds it.",
            byDefault = "gatehouse_api")
        String databaseUser,
    @Key(value = "database.password", says = "Password of that role.") Secret databasePassword,
    @Key(
            value = "database.owner-user",
            says = "Role that owns the tables: migrations and consumers.",
            byDefault = "gatehouse_owner")
        String databaseOwnerUser,
    @Key(value = "database.owner-password", says = "Password of that role.")
        Secret databaseOwnerPassword,
    @Key(
            value = "data.key",
            says =
                "Master key of the encryption of personal data, at least 32 bytes in Base64; without"
                    + " it what is stored cannot be read.")
        Secret dataKey,
    @Key(
            value = "data.cipher",
            says = "What personal data is encrypted with from now on: AES or SM4.",
            byDefault = "AES")
        CipherSuite dataCipher,
    @Key(
            value = "door.signing-key",
            says = "Ed25519 private key that signs door commands, PKCS #8 in PEM.")
        Secret doorSigningKey,
    @Key(
            value = "door.command-lifetime",
            says = "How long a door may carry out a command after it was signed.",
            byDefault = "PT10S",
            min = 2,
            max = 30)
        Duration doorCommandLifetime,
    @Key(
            value = "repair.quiet",
            says = "How long no late event of a community has come before its alerts are repaired.",
            byDefault = "PT1M",
            min = 1,
            max = 3600)
        Duration repairQuiet,
    @Key(
            value = "repair.patience",
            says = "How long a late event waits for that at most.",
            byDefault = "PT10M",
            min = 1,
            max = 86400)
        Duration repairPatience,
    @Key(
            value = "repair.window",
            says = "How much history before the earliest late event a repair replays.",
            byDefault = "P7D",
            min = 60,
            max = 2592000)
        Duration repairWindow,
    @Key(
            value = "repair.most-events",
            says = "Most events that a repair replays; a longer history is narrowed.",
            byDefault = "100000",
            min = 1,
            max = 10000000)
        int repairMostEvents,
    @Key(
            value = "oidc.issuer",
            says =
                "Identity provider whose access tokens apps may sign in with (OpenID Connect); empty"
                    + " for none.",
            byDefault = "")
        String oidcIssuer,
    @Key(
            value = "oidc.audience",
            says = "What a token must name as its audience.",
            byDefault = "gatehouse")
        String oidcAudience,
    @Key(
            value = "oidc.jwks-url",
            says = "Where that provider's keys are; empty: it says so itself (discovery).",
            byDefault = "")
        String oidcJwksUrl,
    @Key(
            value = "identity.second-factor",
            says =
                "Whether police, property managers, operations and auditors must sign in with a"
                    + " second factor: REQUIRED or OPTIONAL.",
            byDefault = "OPTIONAL")
        SecondFactorPolicy secondFactor,
    @Key(
            value = "limits.reads",
            says = "Reads of one account per minute.",
            byDefault = "3000",
            min = 1,
            max = 1000000)
        int limitReads,
    @Key(
            value = "limits.writes",
            says = "Writes of one account per minute.",
            byDefault = "300",
            min = 1,
            max = 1000000)
        int limitWrites,
    @Key(
            value = "limits.sensitive",
            says = "Exports and log-ins of one account per minute.",
            byDefault = "60",
            min = 1,
            max = 1000000)
        int limitSensitive,
    @Key(
            value = "limits.address-factor",
            says =
                "How many times as much one address may do as one account: people of one office"
                    + " share an address.",
            byDefault = "20",
            min = 1,
            max = 1000)
        int limitAddressFactor,
    @Key(
            value = "api.public-url",
            says = "Where people reach the console; what the links in webhooks begin with.",
            byDefault = "http://127.0.0.1:8080")
        String publicUrl,
    @Key(
            value = "webhook.allow-private",
            says =
                "Whether webhooks may go to addresses that are not public, to any port, and to this"
                    + " machine by plain HTTP: for tests and development.",
            byDefault = "false")
        boolean webhookAllowPrivate,
    @Key(
            value = "retention.events",
            says = "How long events say who or what passed; then they are only counted.",
            byDefault = "P30D",
            min = 86400,
            max = 15552000)
        Duration retentionEvents,
    @Key(
            value = "retention.unknown-plates",
            says = "How long reads of plates that the registry does not know are kept.",
            byDefault = "P7D",
            min = 86400,
            max = 2592000)
        Duration retentionUnknownPlates,
    @Key(
            value = "retention.alerts",
            says = "How long alerts and reports are kept after they are done with.",
            byDefault = "P180D",
            min = 2592000,
            max = 94608000)
        Duration retentionAlerts,
    @Key(
            value = "retention.audit",
            says = "How long the audit log is kept.",
            byDefault = "P1095D",
            min = 15811200,
            max = 315360000)
        Duration retentionAudit,
    @Key(
            value = "retention.messages",
            says =
                "How long notices, notifications and deliveries of webhooks are kept; news as long after their expiry.",
            byDefault = "P90D",
            min = 604800,
            max = 31536000)
        Duration retentionMessages,
    @Key(
            value = "retention.disclosures",
            says = "How long a person can see who looked at the person's data.",
            byDefault = "P1095D",
            min = 31536000,
            max = 315360000)
        Duration retentionDisclosures,
    @Key(
            value = "retention.sessions",
            says = "How long sessions that have ended and failed log-ins are kept.",
            byDefault = "P1D",
            min = 86400,
            max = 2592000)
        Duration retentionSessions,
    @Key(
            value = "demo.accounts-file",
            says = "JSON file of accounts to create if they are not there; empty for none.",
            byDefault = "")
        Path demoAccountsFile) {

  /** The log-in of requests. */
  public DatabaseLogin application() {
    return new DatabaseLogin(databaseUrl, databaseUser, databasePassword.revealText());
  }

  /** The log-in of migrations and consumers. */
  public DatabaseLogin owner() {
    return new DatabaseLogin(databaseUrl, databaseOwnerUser, databaseOwnerPassword.revealText());
  }
}
