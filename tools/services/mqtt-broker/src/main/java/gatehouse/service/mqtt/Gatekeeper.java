package gatehouse.service.mqtt;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.interceptor.connect.ConnectInboundInterceptor;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who has a credential, gives each the topics of its role, and puts out whoever loses the
 * credential.
 */
final class Gatekeeper implements ExtensionMain {
  private static final Logger log = LoggerFactory.getLogger(Gatekeeper.class);
  private static final long WATCH_SECONDS = 1;

  private final CredentialFile file;
  private final VerifiedPasswords passwords = new VerifiedPasswords();
  private final Map<String, Credential> connected = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "credential-watch");
            thread.setDaemon(true);
            return thread;
          });
  private Credentials enforced = new Credentials();

  Gatekeeper(CredentialFile file) {
    this.file = file;
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    Services.securityRegistry()
        .setAuthenticatorProvider(ignored -> (SimpleAuthenticator) this::authenticate);
    Services.interceptorRegistry()
        .setConnectInboundInterceptorProvider(ignored -> forgetSessionsOfDevices());
    Services.eventRegistry().setClientLifecycleEventListener(ignored -> new Departures());
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(this::enforce, 0, WATCH_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    watch.shutdownNow();
  }

  private void authenticate(SimpleAuthInput input, SimpleAuthOutput output) {
    ConnectPacket packet = input.getConnectPacket();
    Credentials credentials = file.current();
    Optional<Credential> found = packet.getUserName().flatMap(credentials::find);
    Optional<ByteBuffer> password = packet.getPassword();
    if (found.isEmpty() || password.isEmpty() || !passwords.matches(found.get(), password.get())) {
      output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD);
      return;
    }
    Credential credential = found.get();
    if (!credentials.owns(credential, packet.getClientId())) {
      log.warn("Refused a foreign client id of {}", credential);
      output.failAuthentication(ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
      return;
    }
    output.getDefaultPermissions().addAll(TopicRights.of(credential));
    output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
    connected.put(packet.getClientId(), credential);
    output.authenticateSuccessfully();
  }

  /**
   * A device's session ends with its connection. Otherwise the broker would keep door commands for
   * a door that is away, and tell the sender that somebody took them.
   */
  private ConnectInboundInterceptor forgetSessionsOfDevices() {
    return (input, output) -> {
      boolean service =
          input
              .getConnectPacket()
              .getUserName()
              .flatMap(file.current()::find)
              .map(Credential::role)
              .filter(role -> role == Role.INGEST || role == Role.API)
              .isPresent();
      if (!service) {
        output.getConnectPacket().setSessionExpiryInterval(0);
      }
    };
  }

  /** Brings the connections and sessions in line with the credentials file as it is now. */
  private void enforce() {
    try {
      Credentials credentials = file.current();
      if (credentials == enforced) {
        return;
      }
      connected.forEach(
          (clientId, credential) -> {
            if (!credentials.find(credential.username()).equals(Optional.of(credential))) {
              log.warn("The credential was taken away or changed: disconnecting {}", credential);
              reportFailure(
                  Services.clientService()
                      .disconnectClient(
                          clientId, false, DisconnectReasonCode.NOT_AUTHORIZED, null));
            }
          });
      reportFailure(
          Services.clientService()
              .iterateAllClients(
                  (context, session) -> {
                    if (!credentials.knowsClient(session.getClientIdentifier())) {
                      reportFailure(
                          Services.clientService()
                              .invalidateSession(session.getClientIdentifier()));
                    }
                  }));
      enforced = credentials;
    } catch (RuntimeException e) {
      log.error("Could not look through the connections; trying again", e);
    }
  }

  private static void reportFailure(CompletableFuture<?> ending) {
    CompletableFuture<?> unused =
        ending.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                log.error("Could not end a session whose credential was taken away", failure);
              }
            });
  }

  private final class Departures implements ClientLifecycleEventListener {
    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {}

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {}

    @Override
    public void onDisconnect(DisconnectEventInput input) {
      connected.remove(input.getClientInformation().getClientId());
    }
  }
}
