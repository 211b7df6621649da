import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { extraCostOf } from '../fields/facts.js';
import { DEFAULT_PAGE } from '../paging/paging.js';
import { JSONObject } from '../types/scalars.js';
import type { Fragments } from './fragments.js';

/** How large an operation is before it runs. */
export interface OperationSize {
  /** Fields below one another. */
  readonly depth: number;
  /** Renamed fields; those of a fragment count at each of its uses. */
  readonly aliases: number;
  /** Directives; those of a fragment count at each of its uses. */
  readonly directives: number;
  /** Fields it may come to: each one counts once for every row above it. */
  readonly cost: number;
}

/** The assumed number of rows of a list without a page size: paths, sources, scopes. */
const ROWS_OF_A_LIST = 10;
/** Arguments of lists that have a row for each of their items. */
const ROW_EACH: readonly string[] = ['ids', 'representations'];
/** The same for introspection, whose lists are bounded by the schema. */
const ROWS_OF_INTROSPECTION = 1;

/** The extra cost of a field that asks about a past moment: that state may have to be loaded. */
const PAST_MOMENT = 10_000;

/** The extra cost of a JSON object: it is as long as about so many fields, and no selection makes it shorter. */
const JSON_OBJECT = 20;

const NOTHING: OperationSize = { depth: 0, aliases: 0, directives: 0, cost: 0 };

/**
 * Estimates the size of a valid operation. A page size multiplies the cost of the fields below it. Each fragment is
 * measured once, so that the work is linear in the text.
 */
export function sizeOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  variables: Readonly<Record<string, unknown>>,
): OperationSize {
  const root = schema.getRootType(operation.operation);
  const measure = new Measure(schema, operation, fragments, variables);
  return root ? measure.operation(operation, root) : NOTHING;
}

class Measure {
  readonly #fragmentSizes = new Map<string, OperationSize>();
  readonly #defaults: ReadonlyMap<string, ValueNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    private readonly fragments: Fragments,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    const given = operation.variableDefinitions ?? [];
    this.#defaults = new Map(
      given.flatMap(({ variable, defaultValue }) =>
        defaultValue ? [[variable.name.value, defaultValue]] : [],
      ),
    );
  }

  operation(node: OperationDefinitionNode, root: GraphQLNamedType): OperationSize {
    const size = this.selection(node.selectionSet, root);
    const ofVariables = (node.variableDefinitions ?? []).reduce((sum, one) => sum + directivesOf(one), 0);
    return { ...size, directives: size.directives + directivesOf(node) + ofVariables };
  }

  selection(set: SelectionSetNode, type: GraphQLNamedType): OperationSize {
    let [depth, aliases, directives, cost] = [0, 0, 0, 0];
    for (const selection of set.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? this.#field(selection, type)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? this.#fragment(selection.name.value)
            : this.selection(selection.selectionSet, this.#type(selection.typeCondition?.name.value) ?? type);
      depth = Math.max(depth, size.depth);
      aliases += size.aliases;
      directives += size.directives + directivesOf(selection);
      cost += size.cost;
    }
    return { depth, aliases, directives, cost };
  }

  #fragment(name: string): OperationSize {
    const known = this.#fragmentSizes.get(name);
    if (known !== undefined) return known;
    const fragment = this.fragments.get(name);
    const type = this.#type(fragment?.typeCondition.name.value);
    const own = fragment && type ? this.selection(fragment.selectionSet, type) : NOTHING;
    const size = { ...own, directives: own.directives + (fragment ? directivesOf(fragment) : 0) };
    this.#fragmentSizes.set(name, size);
    return size;
  }

  #field(node: FieldNode, parent: GraphQLNamedType): OperationSize {
    const aliases = node.alias && node.alias.value !== node.name.value ? 1 : 0;
    const name = node.name.value;
    const field =
      isObjectType(parent) || isInterfaceType(parent)
        ? (parent as GraphQLObjectType).getFields()[name]
        : undefined;
    const described = name.startsWith('__') ? this.#introspected(name) : field && getNamedType(field.type);
    const own = 1 + (field ? extraCostOf(field) : 0) + this.#costOfPast(node);
    if (!node.selectionSet || !described || !isCompositeType(described))
      return { ...NOTHING, depth: 1, aliases, cost: own + lengthOf(field) };
    const below = this.selection(node.selectionSet, described);
    const rows = field ? this.#rows(node, field) : 1;
    return {
      ...below,
      depth: below.depth + 1,
      aliases: aliases + below.aliases,
      cost: own + rows * below.cost,
    };
  }

  #costOfPast(node: FieldNode): number {
    const asOf = node.arguments?.find((arg) => arg.name.value === 'asOf')?.value;
    return asOf !== undefined && this.#isGiven(asOf) ? PAST_MOMENT : 0;
  }

  #isGiven(node: ValueNode): boolean {
    if (node.kind !== Kind.VARIABLE) return node.kind !== Kind.NULL;
    const given = this.variables[node.name.value];
    const fallback = this.#defaults.get(node.name.value);
    return given === undefined ? fallback !== undefined && fallback.kind !== Kind.NULL : given !== null;
  }

  /** The factor for the cost of the fields below a field: its page size where it has one. */
  #rows(node: FieldNode, field: { args: readonly { name: string }[]; type: unknown }): number {
    if (field.args.some((arg) => arg.name === 'first')) return this.#pageSize(node);
    if (!isList(field.type)) return 1;
    const asked = node.arguments?.find((arg) => ROW_EACH.includes(arg.name.value));
    if (asked) return this.#length(asked.value);
    // The rows of a connection are counted at the field that has the page size.
    if (node.name.value === 'edges' || node.name.value === 'nodes') return 1;
    const named = getNamedType(field.type as Parameters<typeof getNamedType>[0]);
    return named?.name.startsWith('__') ? ROWS_OF_INTROSPECTION : ROWS_OF_A_LIST;
  }

  #pageSize(node: FieldNode): number {
    const sizes = ['first', 'last'].map((name) => {
      const argument = node.arguments?.find((arg) => arg.name.value === name);
      const value = argument && this.#value(argument.value);
      return typeof value === 'number' ? value : undefined;
    });
    return Math.max(0, sizes[0] ?? sizes[1] ?? DEFAULT_PAGE);
  }

  #length(node: ValueNode): number {
    const value = this.#value(node);
    return Array.isArray(value) ? value.length : 1;
  }

  #value(node: ValueNode): unknown {
    if (node.kind === Kind.VARIABLE) {
      const given = this.variables[node.name.value];
      const fallback = this.#defaults.get(node.name.value);
      return given === undefined && fallback ? this.#value(fallback) : given;
    }
    if (node.kind === Kind.INT) return Number(node.value);
    return node.kind === Kind.LIST ? node.values : undefined;
  }

  #type(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }

  #introspected(name: string): GraphQLNamedType | undefined {
    if (name === '__schema') return this.schema.getType('__Schema');
    return name === '__type' ? this.schema.getType('__Type') : undefined;
  }
}

/** The extra cost of a field without selections whose value is a list or a JSON object. */
function lengthOf(field: GraphQLField<unknown, unknown> | undefined): number {
  if (field === undefined) return 0;
  if (getNamedType(field.type) === JSONObject) return JSON_OBJECT;
  return isListType(isNonNullType(field.type) ? field.type.ofType : field.type) ? ROWS_OF_A_LIST : 0;
}

function directivesOf(node: { readonly directives?: readonly unknown[] | undefined }): number {
  return node.directives?.length ?? 0;
}

function isList(type: unknown): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
