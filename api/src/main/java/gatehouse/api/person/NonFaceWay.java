package gatehouse.api.person;

/** How somebody comes in without showing the face. Everybody has a way; the law asks for it. */
public enum NonFaceWay {
  CARD,
  PIN,
  QR,
  PHONE,
  KEY
}
