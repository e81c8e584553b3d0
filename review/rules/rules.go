// Package rules holds the deterministic checks: a file per rule or tight family of rules, each with its page
// (pages/<id>.md) and cases (testdata/<id>.txtar). All lists them.
package rules

import "github.com/schema-review/schema-review/review"

// All returns every rule, by category and then name.
func All() []*review.Rule {
	return []*review.Rule{
		// Syntax: what the server refuses.
		ambiguousReference,
		autoIncrementNotAKey,
		blobKeyWithoutPrefix,
		checkConstraintInvalid,
		columnAlreadyExists,
		databaseAlreadyExists,
		dropAllColumns,
		dropMissingPrimaryKey,
		duplicateColumnInIndex,
		duplicateConstraintName,
		duplicateEnumValue,
		duplicateIndexName,
		engineLacksFeature,
		fullwidthPunctuation,
		generatedColumnInvalid,
		invalidDefaultValue,
		invalidIdentifier,
		invalidOnUpdate,
		invalidPrefixLength,
		keyColumnNotFound,
		literalDefaultOnBlob,
		multiplePrimaryKeys,
		primaryKeyExplicitNull,
		spatialIndexInvalid,
		syntaxError,
		syntaxRemoved,
		tableAlreadyExists,
		tidbUnsupportedAlter,
		unanalyzableStatement,
		unknownCharset,
		unknownColumn,
		unknownConstraint,
		unknownDatabase,
		unknownIndex,
		unknownTable,
		unsupportedSyntax,

		// Destructive: what can't be undone.
		columnUsedInExpression,
		createTableForceReplace,
		discardTablespace,
		dropColumn,
		dropColumnShrinksUniqueKey,
		dropColumnUsedInIndex,
		dropDatabase,
		dropOrRenameBreaksView,
		dropPartition,
		dropReferencedTable,
		dropStoredObject,
		dropTable,
		dropThenAddColumn,
		dropUniqueConstraint,
		exchangePartitionWithoutValidation,
		truncatePartition,
		truncateTable,

		// Data-dependent: what fails on, or changes, values that are there.
		addCheckConstraint,
		addColumnWithUniqueAttribute,
		addNotNullColumnWithoutDefault,
		addPrimaryKeyOnExistingColumns,
		addUniqueOnExistingColumns,
		changeSignedness,
		changeSRID,
		changeTypeFamily,
		collationChangeOnUniqueKey,
		enumSetValueInsertedMidList,
		enumSetValueRemoved,
		enumSetValueRenamed,
		enumSetValueReordered,
		enforceCheckConstraint,
		mislabelledCharsetConversion,
		narrowCharset,
		narrowIntegerType,
		partitionExistingTableOutOfRange,
		reduceDecimalPrecisionOrScale,
		reduceFloatPrecision,
		reduceFractionalSeconds,
		resizeFixedBinary,
		setNotNullOnNullableColumn,
		setNotNullWithoutStrictMode,
		setToEnumConversion,
		shrinkStringLength,
		uniqueIndexViaOSCTool,

		// Compatibility: what breaks code that is still running.
		autoIncrementRemoved,
		crossDatabaseRename,
		dropDefault,
		generatedColumnExpressionChanged,
		modifyDropsAttributes,
		renameAndReuseName,
		renameColumn,
		renameTable,

		// Defaults and NULL.
		stringNullDefault,
		zeroDateDefault,

		// Indexes.
		dropVisibleIndex,
		duplicateIndex,
		redundantIndexPrefix,
		tooManyIndexColumns,
		tooManyIndexes,
		spatialWithoutSRID,
		uniqueNullableColumns,
		uniquePrefixIndex,

		// Primary keys.
		autoIncrementExhaustion,
		autoIncrementMustBeInteger,
		randomUUIDPrimaryKey,
		requirePrimaryKey,
		shortIntegerPrimaryKey,

		// Foreign keys.
		alterForeignKeyColumn,
		checkOnForeignKeyAction,
		crossDatabaseForeignKey,
		dropIndexNeeded,
		duplicateForeignKey,
		foreignKeyChecksDisabled,
		foreignKeyCollationMismatch,
		foreignKeyColumnCount,
		foreignKeyColumnMissing,
		foreignKeyEngine,
		foreignKeyGenerated,
		foreignKeyOnDeleteCascade,
		foreignKeyParentMissing,
		foreignKeyParentNotIndexed,
		foreignKeyParentNotUnique,
		foreignKeyPartitioned,
		foreignKeyReferencesView,
		foreignKeySetNullOnNotNull,
		foreignKeyText,
		foreignKeyTypeMismatch,
		inlineReferencesClause,

		// Character sets and collations.
		charsetConversionOverflow,
		charsetNotAllowed,
		collationNotAllowed,
		joinKeyCollationMismatch,
		utf8mb3Deprecated,

		// Sizes.
		enumSetHardLimits,
		hardIndexLimits,
		indexTooLong,
		rowSizeTooLarge,
		varcharExceedsLimit,

		// Partitions.
		addPartitionAfterMaxvalue,
		duplicatePartition,
		partitionColumnMissing,
		partitionFunction,
		partitionKeyNotInUniqueKey,
		partitionNotFound,
		rangeWithoutMaxvalue,
		tooManyPartitions,

		// Types.
		implicitReferenceTypeMismatch,
		timestampColumn,
		varcharTooLong,
		floatOrDoubleColumn,

		// Naming.
		columnNameFormat,
		identifierTooLong,
		indexNameFormat,
		reservedWordIdentifier,
		tableNameFormat,

		// Table options.
		storageEngineNotAllowed,

		// Objects.
		triggerReferencesChangedColumn,

		// Privileges and security.
		binlogDisabled,
		dangerousFunction,
		definerNotAllowed,
		excessiveGrant,
		fileAccessStatement,
		grantStatement,
		passwordInMigration,
		plaintextPasswordColumn,
		revokeStatement,
		serverAdminStatement,
		setGlobalVariable,
		systemSchemaChange,
		userOrRoleChange,
		wildcardHostAccount,

		// Migration hygiene.
		constraintBeforeDataFix,
		duplicateMigrationVersion,
		editedAppliedMigration,
		implicitCommit,
		mixedDDLAndDML,
		multipleAltersSameTable,
		multipleFailurePoints,
		outOfOrderMigration,
		sqlModeWeakened,
		uncommittedTransaction,
		uniqueChecksDisabled,

		// Statements.
		insertIgnore,
		insertWithoutColumnList,
		replaceInto,
		unbatchedBackfill,
		updateDeleteWithoutWhere,

		// Suppressions: those that do nothing.
		suppressionExpired,
		suppressionUnused,
		suppressionWithoutReason,
	}
}
