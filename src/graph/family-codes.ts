/** Gives each family of tokens a number. Families of two sources differ, also where they have the same name. */
export class FamilyCodes {
  private readonly codes = new Map<string, number>();

  /** The positive number of a family of a source, always the same; 0 for null, no family. */
  codeOf(source: number, family: string | null): number {
    if (family === null) return 0;
    const key = `${source}/${family}`;
    let code = this.codes.get(key);
    if (code === undefined) {
      code = this.codes.size + 1;
      this.codes.set(key, code);
    }
    return code;
  }
}
