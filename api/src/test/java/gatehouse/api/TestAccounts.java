package gatehouse.api;

/** The accounts of the tests: two communities, and the police for both. */
public final class TestAccounts {

  public static final String RIVERSIDE = "riverside";
  public static final String HILLTOP = "hilltop";

  private TestAccounts() {}

  static String json(String password) {
    return """
        [
         {"username":"police","password":"PW","displayName":"Officer Chen","role":"POLICE",
          "locale":"zh-CN","communities":["*"],"doors":[]},
         {"username":"riverside-police","password":"PW","displayName":"Officer Wu","role":"POLICE",
          "communities":["riverside"],"doors":[]},
         {"username":"riverside-property","password":"PW","displayName":"Li Na","role":"PROPERTY",
          "locale":"en","communities":["riverside"],"doors":["door-1","door-2"]},
         {"username":"hilltop-property","password":"PW","displayName":"Sun Wei","role":"PROPERTY",
          "communities":["hilltop"],"doors":["door-1"]},
         {"username":"resident","password":"PW","displayName":"Zhao Min","role":"RESIDENT",
          "communities":["riverside"],"doors":["door-1"]},
         {"username":"neighbour","password":"PW","displayName":"Qian Yu","role":"RESIDENT",
          "communities":["riverside"],"doors":["door-2"]}
        ]
        """
        .replace("PW", password);
  }
}
