package gatehouse.acceptance;

import java.util.Set;

/**
 * Personal data that occurs nowhere else: whoever finds it in a log has found a leak. The numbers
 * keep to their standards and belong to nobody.
 */
final class Canary {

  static final String NAME = "卡纳瑞";
  static final String PHONE = "19988776655";
  static final String ID_NUMBER = "11010519491231002X";
  static final String PLATE = "京QZ9C47";
  static final String WATCHED_PLATE = "京QX8K31";

  static final Set<String> ALL = Set.of(NAME, PHONE, ID_NUMBER, PLATE, WATCHED_PLATE);

  private Canary() {}
}
