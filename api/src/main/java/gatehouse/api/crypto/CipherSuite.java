package gatehouse.api.crypto;

/** What fields are encrypted with. Each sealed field says with which. */
public enum CipherSuite {
  /** AES-256-GCM (NIST SP 800-38D), tokens by HMAC-SHA-256. */
  AES((byte) 1, "AES", 32, "HmacSHA256"),
  /** SM4-GCM (GB/T 32907), tokens by HMAC-SM3 (GB/T 32905). */
  SM4((byte) 2, "SM4", 16, "HmacSM3");

  private final byte id;
  private final String algorithm;
  private final int keyBytes;
  private final String mac;

  CipherSuite(byte id, String algorithm, int keyBytes, String mac) {
    this.id = id;
    this.algorithm = algorithm;
    this.keyBytes = keyBytes;
    this.mac = mac;
  }

  byte id() {
    return id;
  }

  String algorithm() {
    return algorithm;
  }

  String transformation() {
    return algorithm + "/GCM/NoPadding";
  }

  int keyBytes() {
    return keyBytes;
  }

  String mac() {
    return mac;
  }

  static CipherSuite of(byte id) {
    for (CipherSuite suite : values()) {
      if (suite.id == id) {
        return suite;
      }
    }
    throw new IllegalArgumentException("a field sealed by an unknown suite, " + id);
  }
}
