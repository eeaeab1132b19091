SELECT
    {text:String} AS text,
    {person:UInt64} AS number,
    {signed:Int64} AS signed,
    {real:Float64} AS real,
    {truth:Bool} AS truth,
    {moment:DateTime64(3, 'UTC')} AS moment,
    {amount:Decimal(18, 2)} AS amount,
    {day:Date} AS day,
    {maybe_number:Nullable(Int32)} AS maybe_number,
    {texts:Array(String)} AS texts,
    {numbers:Array(UInt64)} AS numbers,
    {moments:Array(DateTime64(3, 'UTC'))} AS moments,
    {action:String} AS word
