package gatehouse.api.retention;

import gatehouse.api.ApiSettings;
import java.time.Duration;

/** What is kept, and for how long. */
enum DataClass {
  /** Events of doors and gates; then only how many there were, by hour, place, kind and outcome. */
  EVENTS,
  /** Reads of plates that the registry does not know. */
  UNKNOWN_PLATES,
  /** Alerts that are closed, with what was said and done about them. */
  ALERTS,
  /** Reports of residents that are closed, with their dialogues. */
  REPORTS,
  /** Notices, notifications, deliveries of webhooks; news after their expiry. */
  MESSAGES,
  /** Who looked at a person's data. */
  DISCLOSURES,
  /** Sessions that have ended, failed log-ins, counts of reports a day. */
  SESSIONS,
  /** The audit log. */
  AUDIT;

  Duration period(ApiSettings settings) {
    return switch (this) {
      case EVENTS -> settings.retentionEvents();
      case UNKNOWN_PLATES -> settings.retentionUnknownPlates();
      case ALERTS, REPORTS -> settings.retentionAlerts();
      case MESSAGES -> settings.retentionMessages();
      case DISCLOSURES -> settings.retentionDisclosures();
      case SESSIONS -> settings.retentionSessions();
      case AUDIT -> settings.retentionAudit();
    };
  }
}
