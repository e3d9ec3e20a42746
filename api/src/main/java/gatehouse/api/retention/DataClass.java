package gatehouse.api.retention;

import gatehouse.api.ApiSettings;
import java.time.Duration;
import java.util.function.Function;

/** What is kept, and for how long. */
enum DataClass {
  /** Events of doors and gates; then only how many there were, by hour, place, kind and outcome. */
  EVENTS(ApiSettings::retentionEvents),
  /** Reads of plates that the registry does not know. */
  UNKNOWN_PLATES(ApiSettings::retentionUnknownPlates),
  /** Alerts that are closed, with what was said and done about them. */
  ALERTS(ApiSettings::retentionAlerts),
  /** Reports of residents that are closed, with their dialogues. */
  REPORTS(ApiSettings::retentionAlerts),
  /** Notices, notifications, deliveries of webhooks; news after their expiry. */
  MESSAGES(ApiSettings::retentionMessages),
  /** Who looked at a person's data. */
  DISCLOSURES(ApiSettings::retentionDisclosures),
  /** Sessions that have ended, failed log-ins, counts of reports a day. */
  SESSIONS(ApiSettings::retentionSessions),
  /** The audit log. */
  AUDIT(ApiSettings::retentionAudit);

  private final Function<ApiSettings, Duration> period;

  DataClass(Function<ApiSettings, Duration> period) {
    this.period = period;
  }

  Duration period(ApiSettings settings) {
    return period.apply(settings);
  }
}
