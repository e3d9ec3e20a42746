package gatehouse.api.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other transactions, of this process or another one, tell when they commit. Nothing is kept
 * for a listener that is away: after a break each one is told an empty text and looks for itself.
 */
public final class Notifications implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Notifications.class);
  private static final int WAIT_MILLIS = 500;
  private static final int RETRY_MILLIS = 1_000;

  private final DatabaseLogin login;
  private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::listen, "notifications");
  private volatile boolean closed;

  /** Begins to listen. */
  public Notifications(DatabaseLogin login) {
    this.login = login;
    thread.setDaemon(true);
    thread.start();
  }

  /** Tells the listener every text sent on the channel; it must not block. */
  public void on(Channel channel, Consumer<String> listener) {
    listeners
        .computeIfAbsent(channel.channelName(), any -> new CopyOnWriteArrayList<>())
        .add(listener);
  }

  /** Stops telling the listener. */
  public void off(Channel channel, Consumer<String> listener) {
    listeners.getOrDefault(channel.channelName(), List.of()).remove(listener);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void listen() {
    while (!closed) {
      try (Connection connection =
              DriverManager.getConnection(login.url(), login.user(), login.password());
          Statement statement = connection.createStatement()) {
        statement.execute("listen gatehouse_alert");
        statement.execute("listen gatehouse_door");
        for (Channel channel : Channel.values()) {
          tell(channel.channelName(), "");
        }
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
          for (PGNotification one : postgres.getNotifications(WAIT_MILLIS)) {
            tell(one.getName(), one.getParameter());
          }
        }
      } catch (SQLException e) {
        pause();
      }
    }
  }

  private void tell(String channel, String text) {
    for (Consumer<String> listener : listeners.getOrDefault(channel, List.of())) {
      try {
        listener.accept(text);
      } catch (RuntimeException e) {
        log.error("A listener failed", e);
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** What is told about. */
  public enum Channel {
    /** Some alert changed. */
    ALERT("gatehouse_alert"),
    /** A door command changed; the text is its id. */
    DOOR("gatehouse_door");

    private final String channelName;

    Channel(String channelName) {
      this.channelName = channelName;
    }

    String channelName() {
      return channelName;
    }
  }
}
