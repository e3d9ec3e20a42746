package gatehouse.registry;

/**
 * A phone is bound to an account, and may ask for doors to be opened as long as that is valid.
 *
 * @param phone id of the phone, the same over renewals; opaque, no number
 * @param account id of the account
 */
public record PhoneBinding(Entry entry, String phone, String account) implements RegistryFact {

  @Override
  public String thing() {
    return phone;
  }
}
