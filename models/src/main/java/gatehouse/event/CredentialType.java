package gatehouse.event;

/** What was presented to the access point. */
public enum CredentialType {
  CARD,
  FACE,
  PIN,
  APP,
  QR,
  KEY,
  REMOTE,
  PLATE,
  OTHER
}
